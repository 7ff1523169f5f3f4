/* Runs a program and prints what it cost: "STATUS CPU WALL MEMORY" (ms, s, MB). CPU is user and system time
 * of it and of all that it waited for, memory the peak of the largest of these processes. It stands between
 * measure.py and what is measured, because the memory of whoever starts a program counts as the program's
 * own. Usage: launch PROGRAM ARGUMENT... */
#define _DEFAULT_SOURCE /* wait4 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double milliseconds(struct timeval time)
{
    return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

static double seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: launch PROGRAM ARGUMENT...\n", stderr);
        return 2;
    }
    double start = seconds();
    pid_t pid = fork();
    if (pid == 0) {
        int nowhere = open("/dev/null", O_RDWR);
        dup2(nowhere, STDIN_FILENO);
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        execv(argv[1], &argv[1]);
        _exit(127);
    }
    int status = -1;
    struct rusage usage;
    if (pid < 0 || wait4(pid, &status, 0, &usage) < 0) {
        perror("launch");
        return 1;
    }
    printf("%d %.3f %.6f %.2f\n", WIFEXITED(status) ? WEXITSTATUS(status) : -1,
        milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime), seconds() - start,
        (double)usage.ru_maxrss / 1024);
    return 0;
}
