#!/bin/sh
# 安装或升级结对，不需要网络，什么也不问。
#   sh install.sh [--prefix 文件夹] [--data 文件夹] [--python 解释器] [--files-only]
#   sh install.sh --back [--prefix 文件夹]     退回以前的版本
#   sh install.sh --units [--prefix 文件夹]    设置里的 JIEDUI_DATA 改了之后，重写命令和 systemd 单元
# Installs or upgrades Jiedui below a prefix (default /opt/jiedui), without a network:
#   versions/<version>/   the program, its static files and licences; never changed afterwards
#   current, previous     the versions in use and before; --back changes the two over
#   bin/jiedui            the command, with the settings of jiedui.env
#   jiedui.env            the settings; written once, then the operator's
#   data/                 the book, unless --data says where; never touched
# As root it also makes the user `jiedui` and writes the systemd units; --files-only leaves that.
# Nothing is started, stopped or migrated.
set -eu
umask 022
# Where useradd and runuser are, which not every root has on his path (cron has not).
PATH=$PATH:/usr/sbin:/sbin

refuse() {
    echo "没有安装：$*" >&2
    exit 2
}

prefix=/opt/jiedui
data=""
python=""
user=jiedui
files_only=""
only=""
while [ $# -gt 0 ]; do
    case "$1" in
        --prefix | --data | --python)
            [ $# -ge 2 ] || refuse "$1 后面要写值"
            case "$1" in
                --prefix) prefix=$2 ;;
                --data) data=$2 ;;
                --python) python=$2 ;;
            esac
            shift 2
            ;;
        --files-only) files_only=1 && shift ;;
        --back | --units) only=$1 && shift ;;
        *) refuse "不认得 $1；用法见 README" ;;
    esac
done
[ "$(id -u)" = 0 ] || files_only=1

plain_path() {
    case "$2" in
        *[!A-Za-z0-9/._-]*) refuse "$1 只用字母、数字和 / . _ -：$2" ;;
        /) refuse "$1 不能是 /" ;;
        /*) ;;
        *) refuse "$1 要从 / 写起：$2" ;;
    esac
    [ -n "$files_only" ] && return 0
    # The units see none of these (ProtectHome, PrivateTmp).
    case "$2/" in
        /home/* | /root/* | /tmp/* | /var/tmp/* | /run/user/*)
            refuse "$1 不能在 /home、/root、/tmp 之下：$2" ;;
    esac
}
plain_path --prefix "$prefix"

# The link and what it points to change in one step, so a version is always in use.
point() {
    ln -s "$2" "$prefix/.$1.new"
    mv -T "$prefix/.$1.new" "$prefix/$1"
}

if [ "$only" = --back ]; then
    [ -e "$prefix/previous/installed" ] || refuse "$prefix 里没有以前的版本可退"
    now=$(readlink "$prefix/current")
    before=$(readlink "$prefix/previous")
    rm -f "$prefix/.current.new" "$prefix/.previous.new"
    point current "$before"
    point previous "$now"
    echo "已退回 ${before#versions/}；${now#versions/} 仍在旁边。请 systemctl restart jiedui。"
    exit 0
fi

# The command: settings that the caller gave himself hold before those of the file.
write_command() {
    cat >"$prefix/bin/jiedui.new" <<COMMAND
#!/bin/sh
# jiedui，用 $settings 里的设置；root 运行时换成运行网站的用户，免得留下它打不开的文件。
set -eu
PATH=\$PATH:/usr/sbin:/sbin
[ -r "$settings" ] || { echo "读不了 $settings：请用 sudo" >&2; exit 2; }
while IFS= read -r line || [ -n "\$line" ]; do
    case "\$line" in
        [A-Z]*=*)
            name=\${line%%=*}
            case "\$name" in *[!A-Z_]*) continue ;; esac
            eval "[ -n \"\\\${\$name+given}\" ]" || export "\$line"
            ;;
    esac
done <"$settings"
if [ "\$(id -u)" = 0 ] && [ -z "$files_only" ]; then
    exec runuser -u "$user" -- "$prefix/current/venv/bin/jiedui" "\$@"
fi
exec "$prefix/current/venv/bin/jiedui" "\$@"
COMMAND
    chmod 755 "$prefix/bin/jiedui.new"
    mv "$prefix/bin/jiedui.new" "$prefix/bin/jiedui"
}

# Whose the settings and the data are, and the units; only for a whole system.
write_units() {
    [ -z "$files_only" ] || return 0
    chown root:"$user" "$settings"
    chmod 640 "$settings"
    chown "$user:$user" "$data"
    chmod 700 "$data"
    if [ -d /etc/systemd ]; then
        mkdir -p /etc/systemd/system
        for unit in jiedui.service jiedui-work.service; do
            sed -e "/^@HARDENED@\$/{r $here/systemd/hardened.conf
d
}" "$here/systemd/$unit" | sed -e "s|@PREFIX@|$prefix|g; s|@DATA@|$data|g; s|@USER@|$user|g" \
                >"/etc/systemd/system/$unit"
        done
        [ ! -d /run/systemd/system ] || systemctl daemon-reload
    fi
}

# Where the book is: as the settings say, once there are some.
find_data() {
    settings=$prefix/jiedui.env
    if [ -f "$settings" ]; then
        kept=$(sed -n 's/^JIEDUI_DATA=//p' "$settings" | tail -n 1)
        [ -z "$data" ] || [ "$data" = "$kept" ] \
            || refuse "$settings 里的 JIEDUI_DATA 是 $kept；账本要搬家，请照 docs/operating.zh.md 做"
        data=$kept
    fi
    data=${data:-$prefix/data}
    plain_path --data "$data"
}

if [ "$only" = --units ]; then
    here=$prefix/current
    [ -e "$here/installed" ] || refuse "$prefix 里没有装好的版本"
    find_data
    [ -d "$data" ] || refuse "没有 $data 这个文件夹"
    write_command
    write_units
    echo "已按 $settings 重写命令$([ -n "$files_only" ] || echo '和 systemd 单元')。"
    exit 0
fi

here=$(cd "$(dirname "$0")" && pwd)
said() { sed -n "s/^$1=//p" "$here/BUNDLE"; }
[ -f "$here/BUNDLE" ] || refuse "这里不是解开的安装包：$here"
(cd "$here" && sha256sum --check --quiet --strict SHA256SUMS >/dev/null 2>&1) \
    || refuse "安装包里的文件与 SHA256SUMS 不符：传送时损坏，或被改过。请重新取一份"
version=$(said version)
[ "$(uname -m)" = "$(said arch)" ] \
    || refuse "这个安装包供 $(said arch) 的机器用，这台是 $(uname -m)。请取供 $(uname -m) 的安装包"
glibc=$(getconf GNU_LIBC_VERSION 2>/dev/null | cut -d' ' -f2)
[ -n "$glibc" ] || refuse "这个系统不用 glibc（例如 Alpine），安装包里的程序在它上面不能运行"
[ "$(printf '%s\n%s\n' "$(said glibc)" "$glibc" | sort -V | head -n 1)" = "$(said glibc)" ] \
    || refuse "需要 glibc $(said glibc) 以上，这个系统是 $glibc"

# Prints nothing for a Python that fits, else why it does not; `unfit PYTHON COMMAND…` by a command.
unfit() {
    interpreter=$1
    shift
    "$@" "$interpreter" -I - "$(said oldest)" "$(said pythons)" <<'PYTHON' 2>&1 || echo "$interpreter 不能运行"
import sys
oldest, known = sys.argv[1], sys.argv[2].split()
here = ".".join(map(str, sys.version_info[:3]))
if sys.version_info[:3] < tuple(map(int, oldest.split("."))):
    print("%s 是 Python %s，太旧；需要 %s 以上" % (sys.executable, here, oldest))
elif "%d.%d" % sys.version_info[:2] not in known:
    print("%s 是 Python %s，安装包里没有给它的程序；请用 Python %s" % (sys.executable, here, "、".join(known)))
else:
    try:
        import ctypes, sqlite3, ssl, venv, zlib
    except ImportError as fault:
        print("%s 缺一部分（%s）；请装完整的 Python" % (sys.executable, fault.name))
    else:
        if sqlite3.sqlite_version_info < (3, 31):
            print("%s 所带的 SQLite %s 太旧；需要 3.31 以上" % (sys.executable, sqlite3.sqlite_version))
PYTHON
}

if [ -n "$python" ]; then
    why=$(unfit "$python")
    [ -z "$why" ] || refuse "$why"
else
    why="这台机器上没有 python3"
    for name in python3 python3.13 python3.12 python3.11; do
        command -v "$name" >/dev/null 2>&1 || continue
        reason=$(unfit "$name")
        [ -n "$reason" ] || { python=$name && break; }
        why=$reason
    done
    [ -n "$python" ] || refuse "$why。请先装 Python $(said oldest) 以上，或用 --python 写明它在哪里"
fi

mkdir -p "$prefix/versions" "$prefix/bin"
[ -w "$prefix" ] || refuse "不能写 $prefix：请用 root 运行，或用 --prefix 写明另一个文件夹"
find_data

if [ -z "$files_only" ]; then
    id "$user" >/dev/null 2>&1 || useradd --system --user-group --no-create-home \
        --home-dir "$data" --shell /usr/sbin/nologin "$user"
    real=$("$python" -I -c 'import os, sys; print(os.path.realpath(sys.executable))')
    # Below /root it does not run for others, or runs with the library of another Python.
    why=$(unfit "$real" runuser -u "$user" --)
    [ -z "$why" ] || refuse "用户 $user 用不了 $real：$why。请装一个人人可用的 Python，用 --python 写明"
fi

target=$prefix/versions/$version
if [ -e "$target/installed" ]; then
    echo "$version 已经装好，只重写命令$([ -n "$files_only" ] || echo '和 systemd 单元')。"
else
    # What an interrupted run left is not a version.
    rm -rf "$target"
    mkdir -p "$target"
    "$python" -I -m venv --without-pip "$target/venv"
    for pip in "$here"/wheels/pip-*.whl; do
        # Nothing but the wheels of the bundle, each held to its hash, whatever pip is told elsewhere.
        env -i PATH="$PATH" LC_ALL=C.UTF-8 PIP_CONFIG_FILE=/dev/null "$target/venv/bin/python" -I \
            "$pip/pip" install --quiet --no-index --find-links "$here/wheels" --require-hashes \
            --no-cache-dir --disable-pip-version-check --root-user-action ignore \
            --requirement "$here/requirements.txt" \
            || refuse "装不上安装包里的程序，原因见上；原来的版本没有动"
    done
    cp -R "$here/static" "$here/licences" "$here/docs" "$here/systemd" "$here/jiedui.env" \
        "$here/install.sh" "$here/BUNDLE" "$here/README" "$here/LICENSE" "$here/NOTICE" \
        "$here/CHANGELOG.md" "$target/"
    "$target/venv/bin/jiedui" --version >"$target/installed.new"
    mv "$target/installed.new" "$target/installed"
fi

if [ ! -f "$settings" ]; then
    (umask 077 && sed "s|@DATA@|$data|" "$here/jiedui.env" >"$settings.new")
    mv "$settings.new" "$settings"
fi
[ -d "$data" ] || (umask 077 && mkdir -p "$data")

write_command

rm -f "$prefix/.current.new" "$prefix/.previous.new"
now=$(readlink "$prefix/current" 2>/dev/null || true)
if [ "$now" != "versions/$version" ]; then
    [ -z "$now" ] || point previous "$now"
    point current "versions/$version"
fi
for old in "$prefix"/versions/*; do
    case "versions/${old##*/}" in
        "versions/$version" | "$(readlink "$prefix/previous" 2>/dev/null || true)") ;;
        *) rm -rf "$old" ;;
    esac
done

write_units
echo "已装好结对 $version：$prefix，数据在 $data。"
if [ -n "$now" ] && [ "$now" != "versions/$version" ]; then
    echo "原来的 ${now#versions/} 仍在旁边。接着：$prefix/bin/jiedui migrate，再 systemctl restart jiedui。"
elif [ -z "$now" ]; then
    echo "接着：$prefix/bin/jiedui migrate，建第一个账号，再启动；见 $prefix/current/docs/operating.zh.md。"
fi
