#include "run/standard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void standard_prepare(void)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a limit on the size of files is a failing write, too */
    /* Opened the wrong way round, so that using the stream fails as it would if it were closed. */
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            (void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

bool standard_output(struct report *report, struct str bytes)
{
    progress_hide(&report->progress, STDOUT_FILENO);
    if (fwrite(bytes.p, 1, bytes.n, stdout) == bytes.n && fflush(stdout) == 0)
        return true;
    report_diag(report,
        &(struct diag){.severity = SEVERITY_MACHINE,
            .code = "output-unwritable",
            .message = arena_printf(report->arena, "cannot write to standard output: %s", strerror(errno))});
    return false;
}
