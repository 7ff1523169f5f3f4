#include "run/limits.h"

#include "base/str.h"
#include "config/units.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { USUAL_MILLISECONDS = 60 * 1000, USUAL_MEGABYTES = 1024 };
enum { MOST_SECONDS = 7 * 24 * 3600, MOST_MEGABYTES = 1024 * 1024, MEGABYTE = 1024 * 1024 };

struct limits limits_usual(void)
{
    return (struct limits){.milliseconds = USUAL_MILLISECONDS, .megabytes = USUAL_MEGABYTES};
}

bool limits_set_time(struct limits *limits, const char *seconds)
{
    double value;
    if (!number_parse(str_from(seconds), &value) || value < 0 || value > MOST_SECONDS ||
        (value > 0 && value < 0.001))
        return false;
    limits->milliseconds = (long long)(value * 1000 + 0.5);
    limits->asked = true;
    return true;
}

bool limits_set_memory(struct limits *limits, const char *megabytes)
{
    limits->asked = true;
    return str_to_size(str_from(megabytes), MOST_MEGABYTES, &limits->megabytes);
}

size_t limits_memory_of(pid_t pid)
{
    char path[64], text[128];
    snprintf(path, sizeof path, "/proc/%ld/statm", (long)pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd >= 0 ? read(fd, text, sizeof text) : -1;
    if (fd >= 0)
        close(fd);
    struct str rest = {text, got > 0 ? (size_t)got : 0};
    size_t pages;
    long page = sysconf(_SC_PAGESIZE);
    str_cut(&rest, ' '); /* the address space; what is in memory follows */
    if (!str_to_size(str_cut(&rest, ' '), SIZE_MAX / (size_t)page, &pages))
        return 0;
    return (pages * (size_t)page + MEGABYTE - 1) / MEGABYTE;
}
