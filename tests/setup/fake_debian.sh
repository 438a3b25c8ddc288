# Sourced: a Debian mirror of made-up source packages in a folder, so that fetching is tested without a network.

# add_package MIRROR SUITE VERSION CONTENT: source package "pebble" whose file pebble.txt holds CONTENT; prints the hash of its orig.
add_package() {
  local mirror=$1 suite=$2 version=$3 content=$4
  local upstream=${version%-*} tree=$temporary/tree/$suite-$version pool=$1/pool/$suite
  mkdir -p "$tree/pebble-$upstream/debian/source" "$pool"
  echo "$content" >"$tree/pebble-$upstream/pebble.txt"
  tar -C "$tree" --exclude debian -cJf "$tree/pebble_$upstream.orig.tar.xz" "pebble-$upstream"
  (
    cd "$tree/pebble-$upstream/debian"
    echo '3.0 (quilt)' >source/format
    printf 'Source: pebble\nMaintainer: Nobody <nobody@lianxin.example>\nStandards-Version: 4.6.2\n' >control
    printf '\nPackage: pebble\nArchitecture: all\nDescription: a stone\n made up\n' >>control
    printf 'pebble (%s) unstable; urgency=low\n\n  * Made up.\n\n' "$version" >changelog
    printf ' -- Nobody <nobody@lianxin.example>  Mon, 01 Jan 2024 00:00:00 +0000\n' >>changelog
  )
  (cd "$tree" && dpkg-source -b "pebble-$upstream" >/dev/null)
  cp "$tree"/pebble_* "$pool"
  sha256sum "$tree/pebble_$upstream.orig.tar.xz" | cut -d ' ' -f 1
}

# publish MIRROR SUITE VALID_UNTIL: writes the suite's index over its pool.
publish() {
  local mirror=$1 suite=$2 until=$3 sources=main/source/Sources dist=$1/dists/$2
  mkdir -p "$dist/main/source"
  (cd "$mirror" && dpkg-scansources "pool/$suite" 2>/dev/null) >"$dist/$sources"
  {
    printf 'Origin: Made up\nSuite: %s\nCodename: %s\nComponents: main\nArchitectures: amd64\n' "$suite" "$suite"
    printf 'Date: Mon, 01 Jan 2024 00:00:00 UTC\nValid-Until: %s\nSHA256:\n' "$until"
    printf ' %s %s %s\n' "$(sha256sum "$dist/$sources" | cut -d ' ' -f 1)" "$(stat -c %s "$dist/$sources")" "$sources"
  } >"$dist/Release"
}
