unsigned checksum(const unsigned char* bytes, unsigned long size)
{
    unsigned sum = 0;
    for (unsigned long i = 0; i < size; ++i) {
        sum = sum * 31 + bytes[i];
    }
    return sum;
}
