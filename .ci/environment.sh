# shellcheck shell=bash
# Makes .venv in the repository's folder. Sourced by ./start and ./check; each sets `vietnamese` to yes or no.
#
# One rule keeps Ctrl-C harmless: the stamp `.venv/.hoidap-installed` is written last and removed first.
# Where it is missing, the environment was left half made and is made anew; where it matches, nothing is done.
#
# Exit codes, as in sysexits.h: 69 something outside is missing, 73 no room, 75 did not finish: try again.

oldest_python="3.11"

# On x86-64 with Python 3.11: what is downloaded and what it takes on the disk (measured; disk_gpu an estimate).
download_cpu="0,5 GB" disk_cpu="2 GB"
download_gpu="3 GB" disk_gpu="8 GB"
download_test="0,1 GB" disk_test="0,3 GB"
room_cpu_mb=3000 room_gpu_mb=12000 # the downloads and what is unpacked from them lie side by side

# tell VIETNAMESE ENGLISH: ./start speaks both, ./check only English.
tell() {
    if [[ ${vietnamese:?} == yes ]]; then
        printf '%s\n   %s\n' "$1" "$2"
    else
        printf '%s\n' "$2"
    fi
}

# stop CODE VIETNAMESE ENGLISH
stop() {
    tell "$2" "$3" >&2
    exit "$1"
}

# ---- system packages

# How this user may run apt-get: as root, or by a sudo that asks no password; else fails.
apt_prefix() {
    command -v apt-get >/dev/null || return 1
    if [[ $EUID -eq 0 ]]; then
        echo "env"
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        echo "sudo -n env"
    else
        return 1
    fi
}

# apt_install PACKAGE...: fails where they cannot be had, with the end of what apt said.
apt_install() {
    local log prefix
    local -a apt
    prefix=$(apt_prefix) || return 1
    read -ra apt <<<"$prefix DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300"
    log=$(mktemp)
    if "${apt[@]}" update &>"$log" </dev/null &&
        "${apt[@]}" install -y --no-install-recommends "$@" &>"$log" </dev/null; then
        rm -f -- "$log"
    else
        tail -n 5 -- "$log" >&2
        rm -f -- "$log"
        return 1
    fi
}

# What somebody who may would type.
apt_command() {
    printf 'sudo apt-get update && sudo apt-get install -y %s' "$*"
}

# need_packages PACKAGE...: installs them, or ends with the exact command to run.
need_packages() {
    tell "Cài gói hệ thống còn thiếu: $*" "Installing missing system packages: $*"
    apt_install "$@" || stop 69 \
        "Không cài được. Hãy chạy lệnh này rồi chạy lại $0:
      $(apt_command "$@")" \
        "They must be installed first:  $(apt_command "$@")"
}

# ---- Python

is_new_enough() {
    "$1" -c "import sys; sys.exit(sys.version_info < (${oldest_python/./, }))" 2>/dev/null
}

# Prints the name of a Python that is new enough: the machine's own, or one beside it.
find_python() {
    local name
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if is_new_enough "$name"; then
            echo "$name"
            return
        fi
    done
    return 1
}

# Sets `python` to one that is new enough and can make environments.
need_python() {
    command -v python3 >/dev/null || need_packages python3 python3-venv
    python=$(find_python) || stop 69 \
        "Cần Python $oldest_python trở lên, máy này có $(python3 --version). Hãy chạy lệnh này rồi chạy lại $0:
      $(apt_command "python$oldest_python" "python$oldest_python-venv")" \
        "Python $oldest_python or newer is needed:  $(apt_command "python$oldest_python" "python$oldest_python-venv")"
    "$python" -c "import ensurepip, venv" 2>/dev/null || need_packages "$python-venv"
}

# What the environment is made from. First line: our requirements, which pip can bring up to date in place;
# the others: torch's version, the Python inside and the folder, which a new environment must be made for.
fingerprint() {
    .venv/bin/python - <<'PYTHON'
import hashlib, json, os, sys, tomllib
with open("pyproject.toml", "rb") as file:
    project = tomllib.load(file)
parts = [project["build-system"], project["project"], project["tool"]["setuptools"]]
torch = [name for name in project["project"]["dependencies"] if name.startswith("torch==")]
print(hashlib.sha256(json.dumps(parts).encode()).hexdigest(), *torch, sys.version, os.getcwd(), sep="\n")
PYTHON
}

# matches STAMP FIRST_LINE: whether the stamp agrees with things as they are, from that line on.
matches() {
    local now
    [[ -f $1 && -x .venv/bin/python ]] && now=$(fingerprint 2>/dev/null) &&
        [[ "$(tail -n "+$2" <<<"$now")" == "$(tail -n "+$2" -- "$1")" ]]
}

write_stamp() {
    fingerprint >"$1.new"
    mv -- "$1.new" "$1"
}

# ---- packages

# need_room MEGABYTES WORDS: ends before the download where the disk cannot take it.
need_room() {
    local free
    free=$(df -Pk . | awk 'NR == 2 { print int($4 / 1024) }')
    ((free >= $1)) || stop 73 \
        "Ổ đĩa chỉ còn $free MB, cần ít nhất $1 MB. Hãy dọn bớt rồi chạy lại $0." \
        "Not enough room on the disk: $free MB free, $1 MB needed."
}

pip_install() {
    PIP_USER=0 PIP_ROOT_USER_ACTION=ignore .venv/bin/python -m pip --disable-pip-version-check --no-input \
        install "$@" </dev/null
}

did_not_finish() {
    stop 75 "Cài đặt chưa xong. Hãy xem lỗi ở trên, kiểm tra mạng và ổ đĩa, rồi chạy lại $0: phần dở sẽ được làm lại." \
        "The installation did not finish. Look at the error above, check the network and the disk, and run $0 again."
}

# The CPU build of torch where the package sources have one. The pin alone would bring GPU libraries, so it
# comes second, and only where the first was not found: a full disk must not lead to a larger download.
install_torch() {
    local pin log
    pin=$(sed -n 's/^ *"\(torch==[^"]*\)".*/\1/p' pyproject.toml)
    log=.venv/.torch.log
    need_room "$room_cpu_mb"
    tell "Sắp tải khoảng $download_cpu (chiếm $disk_cpu trên ổ đĩa). Chỉ phải tải lần đầu." \
        "About to download ${download_cpu/,/.} (it takes $disk_cpu on the disk), this once."
    if pip_install "$pin+cpu" 2>"$log"; then return; fi
    if ! grep -q "No matching distribution" "$log"; then
        cat -- "$log" >&2
        did_not_finish
    fi
    need_room "$room_gpu_mb"
    tell "Nguồn gói của máy này không có bản PyTorch cho CPU, nên sẽ tải bản kèm thư viện GPU: khoảng $download_gpu (chiếm $disk_gpu).
   Muốn chỉ tải $download_cpu: bấm Ctrl-C, đặt biến PIP_EXTRA_INDEX_URL bằng địa chỉ kho gói CPU ghi ở trang cài đặt của PyTorch, rồi chạy lại $0." \
        "No CPU build of PyTorch in this machine's package sources: about to download $download_gpu with GPU libraries ($disk_gpu on the disk). To download ${download_cpu/,/.} instead, press Ctrl-C, set PIP_EXTRA_INDEX_URL to the index of CPU builds named on PyTorch's installation page, and run $0 again."
    if [[ -t 0 ]]; then sleep 10; fi
    pip_install "$pin" || did_not_finish
}

# setuptools is there already, as torch needs it; without isolation pip does not fetch another copy.
install_editable() {
    pip_install --no-build-isolation --editable "$1"
}

# Brings an environment up to date in place. Where pip changed nothing, for want of a network, say, the old
# stamp comes back: whoever returns to the former version finds it ready.
update_project() {
    local stamp=$1 before
    tell "Cập nhật môi trường theo pyproject.toml." "Bringing the environment up to date with pyproject.toml."
    before=$(ls .venv/lib/*/site-packages)
    mv -- "$stamp" "$stamp.old"
    if install_editable .; then return; fi
    if [[ $before == "$(ls .venv/lib/*/site-packages)" ]]; then mv -- "$stamp.old" "$stamp"; fi
    did_not_finish
}

# Makes .venv with the project in it; returns at once where that is done.
install_project() {
    local stamp=.venv/.hoidap-installed
    if matches "$stamp" 1; then return; fi
    if matches "$stamp" 2; then
        update_project "$stamp"
    else
        need_python
        tell "Tạo môi trường Python trong .venv" "Making the Python environment in .venv"
        "$python" -m venv --clear .venv || did_not_finish
        install_torch
        install_editable . || did_not_finish
    fi
    write_stamp "$stamp"
}

# The same with what the checks need. The mark tells an interrupted run apart: the next one starts over.
install_test_extras() {
    local stamp=.venv/.hoidap-installed-test mark=.venv/.hoidap-installing-test
    if [[ -e $mark ]]; then rm -f -- .venv/.hoidap-installed; fi
    install_project
    if matches "$stamp" 1; then return; fi
    tell "Sắp tải thêm công cụ kiểm tra, khoảng $download_test." \
        "About to download the test tools: another ${download_test/,/.} (${disk_test/,/.} on the disk)."
    touch "$mark"
    install_editable ".[test]" || did_not_finish
    write_stamp "$stamp"
    rm -f -- "$mark"
}

# with_lock FUNCTION: two runs at once take turns. The lock is on the folder and ends with the process.
with_lock() {
    exec 9<.
    if ! flock -n 9; then
        tell "Một lần cài đặt khác đang chạy, xin chờ…" "Another installation is running; waiting for it."
        flock 9
    fi
    "$1"
    exec 9<&-
}

stopped() {
    stop 130 "
Đã dừng; không có gì hỏng. Chạy lại $0 để làm tiếp." "Stopped; nothing is broken. Run $0 again to go on."
}

# What must hold before anything is made.
enter_environment() {
    trap stopped INT # else bash goes on with the next step where a program ends quietly on Ctrl-C
    unset PYTHONPATH PYTHONHOME
    [[ $(uname -sm) == "Linux x86_64" ]] || stop 69 \
        "Cần máy Linux 64 bit (x86-64); máy này là $(uname -sm)." \
        "Linux on x86-64 is needed; this is $(uname -sm)."
    [[ -w . || -e .venv/.hoidap-installed ]] || stop 73 \
        "Không ghi được vào thư mục $PWD. Hãy chép cả thư mục về nơi bạn ghi được rồi chạy lại." \
        "The folder $PWD cannot be written to: copy it to a place of your own and run it there."
}
