#!/bin/sh
# Plays the boot of a machine: what cloud-init does the first time, what it does every time, and then it is simply on.
trap 'exit 0' TERM INT
mkdir -p /var/lib/cloud/scripts/per-boot /var/log /usr/local/sbin /tmp /run
rm -f /run/standin-shutdown
chmod 1777 /tmp
for name in shutdown poweroff; do
    cp /standin/shutdown "/usr/local/sbin/$name" && chmod 755 "/usr/local/sbin/$name"
done
PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
export PATH
cd / || exit 1
if ! [ -e /var/lib/cloud/done ]; then
    chmod 755 /standin/user-data
    : >/var/lib/cloud/done
    /standin/user-data >/var/log/cloud-init-output.log 2>&1 </dev/null
else
    for script in /var/lib/cloud/scripts/per-boot/*; do
        if [ -x "$script" ]; then "$script" >>/var/log/cloud-init-output.log 2>&1 </dev/null; fi
    done
fi
while :; do
    sleep 3600 &
    wait $!
done
