#include <stddef.h>
#include <string.h>

struct Image {
    size_t width, height;
    unsigned char pixels[64];
};

int decode_row(struct Image* image, const unsigned char* row, size_t size)
{
    memcpy(image->pixels, row, size);
    return image->pixels[size - 1];
}
