#include "base/arena.h"
#include "run/commands.h"

int main(int argc, char **argv)
{
    arena_keep_memory();
    return commands_run(argc, argv);
}
