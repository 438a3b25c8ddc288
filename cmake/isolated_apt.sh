# Sourced by the fetch scripts: apt with folders of its own, so that nothing of the machine's package state is read or changed.
# The mirror is the one the machine already uses; no host name is written here. Packages are trusted by Debian's signatures.

# isolated_apt_start WORK: prepares WORK and points APT_CONFIG at it. Ends the script when no mirror is configured.
isolated_apt_start() {
  apt_work=$1
  local keyring=/usr/share/keyrings/debian-archive-keyring.gpg mirror
  if [ -n "${LX_TEST_APT_SOURCE:-}" ]; then
    apt_source=$LX_TEST_APT_SOURCE # only tests/setup sets this: a folder of made-up packages instead of a mirror
  else
    mirror=$(isolated_apt_mirror)
    if [ -z "$mirror" ]; then
      echo "apt has no Debian mirror configured (or its lists are empty: run apt-get update)" >&2
      exit 3
    fi
    apt_source="[signed-by=$keyring] $mirror"
  fi
  mkdir -p "$apt_work"/{lists/partial,archives/partial,state}
  : >"$apt_work/state/status"
  cat >"$apt_work/apt.conf" <<CONF
Dir::State "$apt_work/state"; Dir::State::status "$apt_work/state/status"; Dir::State::Lists "$apt_work/lists";
Dir::Cache "$apt_work"; Dir::Cache::archives "$apt_work/archives";
Dir::Etc::sourcelist "$apt_work/sources.list"; Dir::Etc::sourceparts "/dev/null"; Dir::Etc::preferencesparts "/dev/null";
Acquire::Languages "none"; APT::Sandbox::User "root"; Acquire::http::Timeout "20"; Acquire::https::Timeout "20";
CONF
  export APT_CONFIG="$apt_work/apt.conf"
}

# The base address of the mirror's main archive, from the machine's own sources (other publishers may have a "main" too).
isolated_apt_mirror() {
  local codename
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-stable}")
  apt-get indextargets --format '$(COMPONENT) $(RELEASE) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk -v codename="$codename" '$1 == "main" && ($2 == codename || $2 == "stable") && !found { print $3; found = 1 }'
}

# isolated_apt_update KIND SUITE [apt options]: reads the index of one suite (KIND deb or deb-src); fails when there is none.
isolated_apt_update() {
  local kind=$1 suite=$2
  shift 2
  echo "$kind $apt_source $suite main" >"$apt_work/sources.list"
  rm -rf "$apt_work/lists" && mkdir -p "$apt_work/lists/partial"
  # With folders of its own there is no lock to wait for.
  apt-get -qq "$@" update >/dev/null 2>"$apt_work/err" || return 1
  [ -n "$(find "$apt_work/lists" -maxdepth 1 -name '*_Packages*' -o -maxdepth 1 -name '*_Sources*' | head -n 1)" ]
}
