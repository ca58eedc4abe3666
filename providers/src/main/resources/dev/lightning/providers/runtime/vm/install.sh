#!/bin/sh
# Brings to a new machine what carries its run, and starts that now and at every boot.
set -u
umask 077
lightning_home=/var/lib/lightning
mkdir -p "$lightning_home"
chmod 755 "$lightning_home"
@FILES@
if [ -d /run/systemd/system ]; then
    cat >/etc/systemd/system/lightning.service <<'unit'
[Unit]
Description=What this machine runs
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=/bin/sh /var/lib/lightning/@PROGRAM@
Restart=on-failure
RestartSec=5
OOMPolicy=continue

[Install]
WantedBy=multi-user.target
unit
    chmod 644 /etc/systemd/system/lightning.service
    systemctl daemon-reload
    systemctl enable --now --no-block lightning.service
else
    mkdir -p /var/lib/cloud/scripts/per-boot
    cat >/var/lib/cloud/scripts/per-boot/lightning <<'script'
#!/bin/sh
setsid /bin/sh /var/lib/lightning/@PROGRAM@ >>/var/log/lightning.log 2>&1 </dev/null &
script
    chmod 755 /var/lib/cloud/scripts/per-boot/lightning
    /var/lib/cloud/scripts/per-boot/lightning
fi
