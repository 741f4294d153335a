#!/bin/sh
# Becomes one scenario's process inside a root folder. It runs in a mount namespace of its own, and
# everything that would differ between two runs is held still: that is what keeps the deltas small.
# usage: run_case.sh ROOT CORPUS CASE PREFIX PACKAGES STACK_KIB PAD FAULTHANDLER COMMAND...
set -eu
root=$1 corpus=$2 case=$3 prefix=$4 packages=$5 stack=$6 pad=$7 faulthandler=$8
shift 8
mkdir -p "$root/corpus" "$root/case" "$root/opt/python"
if [ "$packages" != - ]; then
    # Read-only, and gone with this namespace: the root folder stays as it is.
    mount -t overlay overlay -o "lowerdir=$packages:$root" "$root"
fi
mount --bind "$corpus" "$root/corpus"
mount --bind "$case" "$root/case"
if [ "$prefix" != - ]; then mount --bind "$prefix" "$root/opt/python"; fi
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
mountpoint -q "$root/dev" || mount --bind /dev "$root/dev"
ulimit -c unlimited
ulimit -s "$stack"
# PYTHONFAULTHANDLER would move every later allocation; truth.py enables it instead.
exec env -i PATH=/usr/bin:/bin LANG=C.UTF-8 PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1 \
    PYTHONPATH=/corpus/common TRUTH=/case/truth LD_LIBRARY_PATH=/opt/python/lib \
    CATCH_SIGNALS="$faulthandler" PAD="$pad" \
    setarch -R /usr/sbin/chroot "$root" sh -c 'cd /case && exec "$@" >stdout 2>stderr' sh "$@"
