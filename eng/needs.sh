# What Limbeck needs from the machine, and how it gets there. Sourced by set-up.sh, which has root, state, say and logged.
# shellcheck shell=bash disable=SC2154

readonly fashion_mnist=/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz

declare -rA purposes=(
  [g++]='compiles the native shim'
  [cmake]='configures the native build'
  [ninja-build]='runs the native build'
  [libtorch-dev]='the tensor library'
  [libgloo-dev]="training in several processes with Debian's libtorch"
  [libopenblas0-openmp]="linear layers ten times as fast with Debian's libtorch"
  [dataset-fashion-mnist]='the images that the quick start learns from'
)

find_dotnet() { # sets dotnet
  for dotnet in "$(type -P dotnet)" "${DOTNET_ROOT-}/dotnet" "${HOME-}/.dotnet/dotnet"; do
    if [[ -x $dotnet ]]; then return; fi
  done
  ask_for_sdk 'no dotnet is on the PATH, in DOTNET_ROOT or in ~/.dotnet'
}

require_sdk() { # global.json says which one does
  (cd "$root" && "$dotnet" --version >/dev/null 2>&1) || ask_for_sdk "$dotnet has another version"
}

ask_for_sdk() {
  say "the .NET 10 SDK is missing: $1. Get it from https://dotnet.microsoft.com/download/dotnet/10.0, or with" \
    '    curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0' \
    'then try again.'
  exit 4
}

# Where there is no apt-get there is no such package; the CLI then says how to fetch the images.
dataset_is_there() { [[ -e $fashion_mnist ]] || ! type -P apt-get >/dev/null; }

missing_packages() {
  local found
  type -P "${CXX:-g++}" >/dev/null || echo g++
  type -P cmake >/dev/null || echo cmake
  type -P ninja >/dev/null || echo ninja-build
  if [[ ! ${LIMBECK_LIBTORCH-}${LIBTORCH-} ]]; then
    if ! found=$("$root/eng/find-libtorch" 2>"$state/libtorch.log"); then
      printf '%s\n' libtorch-dev libgloo-dev libopenblas0-openmp
    elif [[ $found == *root=/usr$'\n'*gloo=no* ]]; then
      echo libgloo-dev
    fi
  fi
  dataset_is_there || echo dataset-fashion-mnist
}

require_packages() {
  local -a missing as_root=()
  local how=''
  mapfile -t missing < <(missing_packages)
  if (( ${#missing[@]} == 0 )); then return; fi

  say 'missing on this machine:' "$(for name in "${missing[@]}"; do printf '    %-22s %s\n' "$name" "${purposes[$name]}"; done)"
  type -P apt-get >/dev/null || give_up 'There is no apt-get here: install them as your system does'
  local command="apt-get install -y --no-install-recommends ${missing[*]}"
  if [[ $(id -u) != 0 ]]; then
    how=' through sudo' as_root=(sudo)
    if [[ ! -t 0 ]]; then as_root+=(-n); fi
    { type -P sudo >/dev/null && "${as_root[@]}" true 2>"$state/sudo.log"; } ||
      give_up 'Installing them takes root, and sudo is not to be had. Run this as root' "    $command"
  fi

  say "installing them from Debian$how: $command"
  logged apt install_packages || give_up 'apt-get failed, as shown above. Run this as root' "    apt-get update && $command"
  mapfile -t missing < <(missing_packages)
  if (( ${#missing[@]} )); then give_up "Installed, and still not usable: ${missing[*]} (look into $state). Mend that"; fi
}

give_up() { # WHAT TO DO, LINE...
  say "$1, then try again${2+:}" "${@:2}"
  exit 4
}

install_packages() {
  local -a apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600)
  local -a install=("${apt[@]}" install -y --no-install-recommends "${missing[@]}")
  # The package lists are fetched anew only when these do not know a package, or know one that is gone.
  "${install[@]}" || { "${apt[@]}" update && "${install[@]}"; }
}
