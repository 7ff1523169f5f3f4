# handout: Markdown sections into accessible PDF patient handouts. `make help` lists what can be made.
# GNU make 4.3 or newer. The objects of a variant lie in build/$(VARIANT), so that variants do not disturb each other.

VERSION := 0.1.0
VARIANT ?= release

PREFIX ?= /usr/local
BINDIR := $(PREFIX)/bin
DATADIR := $(PREFIX)/share/handout
MANDIR := $(PREFIX)/share/man
DOCDIR := $(PREFIX)/share/doc/handout

CC ?= cc
PKG_CONFIG ?= pkg-config
PYTHON ?= python3
INSTALL ?= install
CLANG_FORMAT ?= clang-format
CLANG_TIDY ?= clang-tidy
CPPCHECK ?= cppcheck
export CC PKG_CONFIG PYTHON

MAKEFLAGS += --no-builtin-rules --no-print-directory
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := all

# -- flags

# CFLAGS may be given; what makes a variant what it is is added to them.
FLAGS_release := -O3 -g
FLAGS_debug := -Og -g3
FLAGS_san := -O1 -g -fno-omit-frame-pointer
FLAGS_coverage := -O0 -g
EXTRA_san := -fsanitize=address,undefined -fno-sanitize-recover=all
EXTRA_coverage := --coverage
ifeq ($(FLAGS_$(VARIANT)),)
$(error VARIANT is release, debug, san or coverage, not '$(VARIANT)')
endif
CFLAGS ?= $(FLAGS_$(VARIANT))
EXTRA := $(EXTRA_$(VARIANT))

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wvla -Wformat=2 -Wswitch-enum -Wundef -Wcast-qual -Wwrite-strings
ifeq ($(WERROR),1)
WARNINGS += -Werror
endif

# Libraries that have no .pc file everywhere (libharu, libunistring) are linked by name where they have none.
PACKAGES := harfbuzz harfbuzz-subset fribidi yaml-0.1 libcmark libdeflate libpng libjpeg libqrencode libmd expat
# xxhash is its header alone, and is not linked.
LIB_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PACKAGES) 2>/dev/null) $(shell $(PKG_CONFIG) --cflags libxxhash 2>/dev/null)
LIBS = $(shell $(PKG_CONFIG) --libs $(PACKAGES) 2>/dev/null) \
	$(shell $(PKG_CONFIG) --libs libharu 2>/dev/null || echo -lhpdf) \
	$(shell $(PKG_CONFIG) --libs libunistring 2>/dev/null || echo -lunistring) -lm

DEFINES := -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700 -DHANDOUT_VERSION='"$(VERSION)"'
COMPILE = $(CC) -std=c17 -Isrc $(DEFINES) $(LIB_CFLAGS) $(CPPFLAGS) $(WARNINGS) $(CFLAGS) $(EXTRA) -MMD -MP

# -- files

BUILD := build/$(VARIANT)
PROGRAM := $(BUILD)/handout
SOURCES := $(sort $(wildcard src/*/*.c))
HEADERS := $(sort $(wildcard src/*/*.h))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
PARTS := $(filter-out $(BUILD)/src/run/main.o,$(OBJECTS))
UNIT_SOURCES := $(sort $(wildcard tests/unit/test_*.c))
UNITS := $(UNIT_SOURCES:%.c=$(BUILD)/%)
BENCHES := $(BUILD)/tests/bench/launch $(BUILD)/tests/bench/floor
TYPOGRAPHY := $(BUILD)/tests/bench/typography
C_FILES := $(SOURCES) $(HEADERS) $(sort $(wildcard tests/*/*.c))
MATERIAL = $(shell find content styles fonts -type f ! -name '.*' | LC_ALL=C sort)

# -- the program

comma := ,

.PHONY: all
all: $(PROGRAM)

# A line for each file; V=1 shows the commands.
ifneq ($(V),1)
tell = @printf '  %-5s %s\n' $(1) $@;
endif

# By its build-id the cache knows the program; where there are none, no cache is kept anyway.
BUILD_ID := $(if $(filter Linux,$(shell uname -s)),-Wl$(comma)--build-id)

$(PROGRAM): $(OBJECTS)
	$(call tell,LINK)$(CC) $(CFLAGS) $(EXTRA) $(LDFLAGS) $(BUILD_ID) -o $@ $(OBJECTS) $(LIBS)

$(BUILD)/src/%.o: src/%.c $(BUILD)/flags | $(BUILD)/ready
	@mkdir -p $(@D)
	$(call tell,CC)$(COMPILE) -c -o $@ $<

$(BUILD)/src/run/place.o: DEFINES += -DHANDOUT_DATADIR='"$(DATADIR)"'
$(BUILD)/src/run/place.o: $(BUILD)/datadir

# Objects are made anew when the flags change, and that one when the place of installation does.
define remember
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(1))' | cmp -s - $@ || printf '%s\n' '$(subst ','\'',$(1))' >$@
endef

.PHONY: FORCE
$(BUILD)/flags: FORCE
	$(call remember,$(COMPILE) $(LDFLAGS))
$(BUILD)/datadir: FORCE
	$(call remember,$(DATADIR))

# A missing library is told by its name, and before the compiler stumbles over it.
$(BUILD)/ready:
	@SETUP=no tests/setup build
	@mkdir -p $(@D) && touch $@

-include $(OBJECTS:.o=.d) $(UNITS:=.d) $(BENCHES:=.d) $(TYPOGRAPHY).d

# -- handouts

# "+" lets the program have a part in `make -jN`; such a line is also run by `make -n`, unless it sees to that itself.
.PHONY: handouts
handouts:
	@tests/setup build
	@$(MAKE) all
	+$(if $(findstring n,$(firstword -$(MAKEFLAGS))),@: ,)$(PROGRAM) build --lang all --output build/handouts
	@printf 'The handouts are in build/handouts:\n'; ls build/handouts/*.pdf | sed 's/^/  /'

# -- tests: each target says what was checked, and ends with a line "N passed, N failed"

$(BUILD)/tests/unit/%: tests/unit/%.c $(PARTS) $(BUILD)/flags
	@mkdir -p $(@D)
	$(call tell,TEST)$(COMPILE) $(LDFLAGS) -o $@ $< $(PARTS) -lcmocka $(LIBS)

$(BENCHES): $(BUILD)/%: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call tell,BENCH)$(COMPILE) $(LDFLAGS) -o $@ $< $(LIBS)

# It watches the functions that choose lines and pages, which get other names for that.
CHOICES := para_break paginate
$(CHOICES:%=$(BUILD)/tests/bench/%.o): $(BUILD)/tests/bench/%.o: src/layout/%.c $(BUILD)/src/layout/%.o
	@mkdir -p $(@D)
	@$(COMPILE) -Dpara_break=best_lines -Dpaginate=best_pages -c -o $@ $<

TYPOGRAPHY_PARTS := $(filter-out $(CHOICES:%=$(BUILD)/src/layout/%.o),$(PARTS)) $(CHOICES:%=$(BUILD)/tests/bench/%.o)
$(TYPOGRAPHY): tests/bench/typography.c $(TYPOGRAPHY_PARTS) $(BUILD)/flags
	$(call tell,BENCH)$(COMPILE) $(LDFLAGS) -o $@ $< $(TYPOGRAPHY_PARTS) $(LIBS)

TEST = HANDOUT_VARIANT=$(VARIANT) HANDOUT_BUILD=$(BUILD) HANDOUT_VERSION=$(VERSION) $(PYTHON) tests/run

.PHONY: check check-long conformance bench bench-full bench-typography bless
check:
	@tests/setup build check
	@$(MAKE) --quiet all test-programs
	@$(TEST) check

check-long:
	@tests/setup build check
	@$(MAKE) --quiet all test-programs
	@$(TEST) check long

conformance:
	@tests/setup build conformance
	@$(MAKE) all
	@$(TEST) conformance

bench:
	@tests/setup build bench
	@$(MAKE) all $(BENCHES)
	@$(PYTHON) tests/bench/measure.py $(PROGRAM) $(BENCHES)

bench-full:
	@tests/setup build bench
	@$(MAKE) all $(BENCHES)
	@$(PYTHON) tests/bench/measure.py $(PROGRAM) $(BENCHES) --full

bench-typography:
	@tests/setup build
	@$(MAKE) $(TYPOGRAPHY)
	@$(TYPOGRAPHY)

bless:
	@$(MAKE) --quiet all test-programs
	@HANDOUT_BLESS=1 $(TEST) golden

.PHONY: test-programs
test-programs: $(UNITS) $(TYPOGRAPHY)

# -- judgements of the source text

.PHONY: lint format format-check
lint:
	@tests/setup build lint
	@$(MAKE) --quiet -k -j2 --output-sync=target $(SOURCES:%=tidy/%)
	$(CPPCHECK) -j 2 --quiet --std=c11 --language=c --enable=warning,performance,portability \
		--inline-suppr --suppress=missingIncludeSystem --error-exitcode=1 -Isrc $(DEFINES) src

.PHONY: $(SOURCES:%=tidy/%)
$(SOURCES:%=tidy/%): tidy/%: $(BUILD)/ready
	@mkdir -p $(BUILD)/$(*D)
	$(call tell,TIDY)$(CLANG_TIDY) --quiet $* -- -std=c17 -Isrc $(DEFINES) -DHANDOUT_DATADIR='""' $(LIB_CFLAGS) \
		2>$(BUILD)/$*.tidy || { cat $(BUILD)/$*.tidy; exit 1; }

format:
	$(CLANG_FORMAT) -i $(C_FILES)

format-check:
	@tests/setup lint
	$(CLANG_FORMAT) --dry-run -Werror $(C_FILES)

.PHONY: coverage
coverage:
	@tests/setup build check
	@$(MAKE) check VARIANT=coverage
	@$(PYTHON) tests/tools/coverage.py build/coverage

# -- installation: what `install` puts there `uninstall` takes away, and no more

.PHONY: install uninstall
install: all
	$(INSTALL) -d "$(DESTDIR)$(BINDIR)" "$(DESTDIR)$(MANDIR)/man1" "$(DESTDIR)$(MANDIR)/man5" \
		"$(DESTDIR)$(DOCDIR)" "$(DESTDIR)$(DATADIR)"
	$(INSTALL) -m 755 $(PROGRAM) "$(DESTDIR)$(BINDIR)/handout"
	$(INSTALL) -m 644 src/run/handout.1 "$(DESTDIR)$(MANDIR)/man1/handout.1"
	$(INSTALL) -m 644 src/run/handout-check.5 "$(DESTDIR)$(MANDIR)/man5/handout-check.5"
	$(INSTALL) -m 644 README.md LICENSE "$(DESTDIR)$(DOCDIR)"
	@for file in $(MATERIAL); do \
		$(INSTALL) -d "$(DESTDIR)$(DATADIR)/$${file%/*}" && \
		$(INSTALL) -m 644 "$$file" "$(DESTDIR)$(DATADIR)/$$file" || exit 1; \
	done

uninstall:
	rm -f "$(DESTDIR)$(BINDIR)/handout" "$(DESTDIR)$(MANDIR)/man1/handout.1" \
		"$(DESTDIR)$(MANDIR)/man5/handout-check.5" "$(DESTDIR)$(DOCDIR)/README.md" "$(DESTDIR)$(DOCDIR)/LICENSE"
	@for file in $(MATERIAL); do rm -f "$(DESTDIR)$(DATADIR)/$$file"; done
	@for folder in "$(DESTDIR)$(DATADIR)" "$(DESTDIR)$(DOCDIR)"; do \
		[ ! -d "$$folder" ] || find "$$folder" -depth -type d -exec rmdir {} + 2>/dev/null || :; \
	done

# -- releases

NAME := handout-$(VERSION)

.PHONY: dist distcheck
dist:
	@mkdir -p build
	git archive --format=tar.gz --prefix=$(NAME)/ -o build/$(NAME).tar.gz HEAD
	@echo build/$(NAME).tar.gz

distcheck: dist
	rm -rf build/distcheck && mkdir -p build/distcheck
	tar -xzf build/$(NAME).tar.gz -C build/distcheck
	$(MAKE) -C build/distcheck/$(NAME) handouts check
	$(MAKE) -C build/distcheck/$(NAME) install uninstall DESTDIR="$(CURDIR)/build/distcheck/root"
	@left=$$(find build/distcheck/root -type f); [ -z "$$left" ] || { echo "left behind: $$left"; exit 1; }
	rm -rf build/distcheck

# -- the rest

.PHONY: clean distclean help
clean:
	rm -rf $(BUILD)

distclean:
	rm -rf build

help:
	@echo 'all           the program, build/VARIANT/handout (the default)'
	@echo 'handouts      all handouts, into build/handouts; installs what is missing, unless SETUP=no'
	@echo 'check         the tests; installs what they need, unless SETUP=no'
	@echo 'check-long    the tests, also those that take minutes'
	@echo 'conformance   PDF/UA-1 and PDF/A-2a of every PDF, judged by veraPDF (Java, Maven)'
	@echo 'bench         time and memory of one handout, a batch and a book, beside the least that could be done'
	@echo 'bench-full    the same with ten thousand handouts'
	@echo 'bench-typography  how well lines and pages are broken, beside first fit'
	@echo 'bless         take the present output as the expected one (look at the diff!)'
	@echo 'install       the program, its material, and its manual, under PREFIX (and DESTDIR)'
	@echo 'uninstall     takes these away again'
	@echo 'lint          clang-tidy and cppcheck'
	@echo 'format        clang-format; format-check only looks'
	@echo 'coverage      how much of the source the tests reach'
	@echo 'dist          a source archive; distcheck builds, tests, and installs from it'
	@echo 'clean         removes build/VARIANT; distclean removes build'
	@echo
	@echo 'Settings: VARIANT=release|debug|san  WERROR=1  PREFIX=$(PREFIX)  DESTDIR=  SETUP=no  V=1'
	@echo '          CC CFLAGS CPPFLAGS LDFLAGS PKG_CONFIG'
