#include "run/standard.h"

#include <errno.h>
#include <fcntl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A handout takes some megabytes and gives them back, and the next one takes as much: they are kept. */
static void keep_memory(void)
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 4 * 1024 * 1024);
    mallopt(M_TRIM_THRESHOLD, 64 * 1024 * 1024);
#endif
}

void standard_prepare(void)
{
    keep_memory();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a limit on the size of files is a failing write, too */
    /* Opened the wrong way round, so that using the stream fails as it would if it were closed. */
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            (void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

bool standard_output(struct report *report, struct str bytes)
{
    if (fwrite(bytes.p, 1, bytes.n, stdout) == bytes.n && fflush(stdout) == 0)
        return true;
    report_diag(report,
        &(struct diag){.severity = SEVERITY_MACHINE,
            .code = "output-unwritable",
            .message = arena_printf(report->arena, "cannot write to standard output: %s", strerror(errno))});
    return false;
}
