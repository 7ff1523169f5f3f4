/* Measures whole processes: CPU time and peak memory of one cold handout, beside cmark alone over the same
 * sections and a program that only starts. Medians of many runs. Usage: measure HANDOUT FLOOR */
#define _DEFAULT_SOURCE /* wait4 */
#include <fcntl.h>
#include <glob.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RUNS = 41, MOST_WORDS = 64 };

static const double BUDGET_CPU = 15, BUDGET_MEMORY = 40; /* ms, MB */

struct cost {
    double cpu, memory; /* ms, MB */
};

static double milliseconds(struct timeval time)
{
    return (double)time.tv_sec * 1000 + (double)time.tv_usec / 1000;
}

/* Runs a program with its output thrown away. */
static struct cost run_once(const char *const argv[])
{
    union {
        const char *const *given;
        char *const *wanted; /* execvp changes none of them, but its type does not say so */
    } words = {argv};
    pid_t pid = fork();
    if (pid == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        execvp(argv[0], words.wanted);
        _exit(127);
    }
    int status = 0;
    struct rusage usage;
    if (pid < 0 || wait4(pid, &status, 0, &usage) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "measure: %s failed (status %d)\n", argv[0],
            WIFEXITED(status) ? WEXITSTATUS(status) : -1);
        exit(EXIT_FAILURE);
    }
    return (struct cost){
        milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime), (double)usage.ru_maxrss / 1024};
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static struct cost median(const char *const argv[])
{
    double cpu[RUNS], memory[RUNS];
    run_once(argv); /* warms the page cache */
    for (int i = 0; i < RUNS; i++) {
        struct cost cost = run_once(argv);
        cpu[i] = cost.cpu;
        memory[i] = cost.memory;
    }
    qsort(cpu, RUNS, sizeof *cpu, compare);
    qsort(memory, RUNS, sizeof *memory, compare);
    return (struct cost){cpu[RUNS / 2], memory[RUNS / 2]};
}

static void print(const char *name, struct cost cost, struct cost floor)
{
    printf("%-36s %8.1f ms CPU %8.1f MB   %5.1f × the floor\n", name, cost.cpu, cost.memory,
        floor.cpu > 0 ? cost.cpu / floor.cpu : 0);
}

int main(int argc, char **argv)
{
    static const char output[] = "build/bench/osteoarthritis-en.pdf";
    if (argc != 3) {
        fputs("usage: measure HANDOUT FLOOR\n", stderr);
        return 2;
    }
    const char *handout[] = {argv[1], "build", "osteoarthritis", "-o", output, NULL};
    const char *version[] = {argv[1], "--version", NULL};
    const char *floor_program[] = {argv[2], NULL};
    const char *cmark[MOST_WORDS] = {"cmark", "--smart"};
    glob_t sections;
    if (glob("content/en/osteoarthritis/*.md", 0, NULL, &sections) ||
        glob("content/en/shared/*.md", GLOB_APPEND, NULL, &sections)) {
        fputs("measure: no sections here\n", stderr);
        return EXIT_FAILURE;
    }
    for (size_t i = 0; i < sections.gl_pathc && i + 3 < MOST_WORDS; i++)
        cmark[i + 2] = sections.gl_pathv[i];
    struct cost floor = median(floor_program), one = median(handout);
    printf("One cold handout, whole processes, medians of %d runs:\n\n", RUNS);
    print("empty program, the same libraries", floor, floor);
    print("handout --version", median(version), floor);
    print("cmark alone, the same sections", median(cmark), floor);
    print("handout build osteoarthritis", one, floor);
    bool within = one.cpu <= BUDGET_CPU && one.memory <= BUDGET_MEMORY;
    printf("\nBudget: %.0f ms CPU, %.0f MB: %s\n", BUDGET_CPU, BUDGET_MEMORY, within ? "kept" : "EXCEEDED");
    globfree(&sections);
    return within ? EXIT_SUCCESS : EXIT_FAILURE;
}
