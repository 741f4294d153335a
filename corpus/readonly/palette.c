/* Writes to a table that was declared constant and lies among the constants of the library. */
static const int palette[256] = {0x000000, 0xffffff, 0xff0000};

void set_color(int at, int color)
{
    *(volatile int*)&palette[at] = color;
}
