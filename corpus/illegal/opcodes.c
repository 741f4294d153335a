int operands(int opcode)
{
    switch (opcode) {
    case 1:
        return 2;
    case 2:
        return 0;
    default:
        __builtin_trap();
    }
}
