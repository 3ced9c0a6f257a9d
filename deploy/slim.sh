#!/bin/sh
# Takes away what a running service has no use for, while the container is built: `slim.sh packages FOLDER` of an
# environment, `slim.sh system` of Debian around it.
set -eu

packages() {
    site=$(echo "$1"/lib/python3.*/site-packages)
    find "$site" -name '*.so*' -type f -exec strip --strip-unneeded {} +
    find "$site" -mindepth 2 -type d -name tests -prune -exec rm -rf {} +
    find "$site" -type f -regex '.*[.]\(pyi\|pyx\|pxd\|pxi\|h\|c\|cpp\)' -delete
    # How dates are written where nobody in Indonesia is likely to read them: 26 MB. LOCALES says which stay.
    keep=$(echo root.dat ${LOCALES:-} | sed 's/ /|/g')
    find "$site/babel/locale-data" -type f | grep -vE "/($keep)[^/]*\$" | xargs rm -f
    # alembic reads the sources of migrations; ours all stay.
    mkdir "$1/ours" && mv "$site/bot" "$site/actions" "$1/ours"
    compiled "$1/bin/python" "$site"
    mv "$1/ours"/* "$site" && rmdir "$1/ours"
    "$1/bin/python" -OO -m compileall -q --invalidation-mode unchecked-hash "$site/bot" "$site/actions"
}

# As the launcher starts the service (-OO), and without the sources: 60 MB less.
compiled() {
    "$1" -m compileall -q -b -o 2 "$2"
    find "$2" -type f -name '*.py' -delete
    find "$2" -type d -name __pycache__ -prune -exec rm -rf {} +
}

system() {
    cd /usr/lib/python3.* 2>/dev/null || cd /usr/local/lib/python3.*
    rm -rf ensurepip idlelib pydoc_data turtledemo test
    compiled python3 .
    # Compilers' and dpkg's own, and what belongs to the programs that go below.
    cd /usr/lib
    rm -rf apt dpkg init systemd udev tmpfiles.d binfmt.d compat-ld valgrind python3 gcc
    cd /usr/lib/*-linux-gnu
    rm -rf perl* gconv systemd security bfd-plugins ldscripts gprofng libapt* libdb-* libperl* libbfd* libopcodes* \
        libctf* libgprofng* libsframe* libsystemd* libudev* libsepol* libsemanage* libgmp* libnettle* libhogweed* libmount* \
        libblkid* libsmartcols* libfdisk* libaudit* libpam*
    cd /usr/share
    rm -rf doc man locale info lintian perl* bug debconf keyrings python3 python-wheels gcc gdb bash-completion zsh fish
    rm -rf /var/cache/* /var/log/* /var/lib/apt /var/lib/dpkg/info /etc/apt /usr/include /usr/src /usr/games /usr/libexec
    # The last: of programs Python stays, what it finds libseccomp by, and a shell to look around with.
    find /usr/bin /usr/sbin ! -type d ! -name 'python*' ! -name sh ! -name dash ! -name ldconfig -delete
}

"$@"
