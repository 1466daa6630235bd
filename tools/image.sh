# Builds the container images, without a registry, without root and without a container program: tools/image/root.py fills the
# root file system, tar makes the layer, umoci the image. docs/image.md is for who uses them. Sourced by ./dev.
#
# The same commit gives the same digest, in any directory: everything that a tool would take from the clock, the user or the
# order of a directory is said to it here.
# shellcheck shell=bash

# An image is a row: name | entry point | command | working directory | what it is | programs, below build/package
image_rows=(
  'dotdiag-webhook | dotdiag-webhook | | / | Admission webhook that prepares .NET workloads for diagnosis | webhook/dotdiag-webhook'
  'dotdiag | | dotdiag-lint . | /work | All programs of dotdiag, for continuous integration | webhook/dotdiag-webhook linter/dotdiag-lint patch/dotdiag-patch patch/plugin/kubectl-dotdiag collect/dotdiag-collect'
  'dotdiag-collect | dotdiag-collect | wait | / | Dumps, heaps, stacks, traces and counters of .NET processes | collect/dotdiag-collect'
)
image_user=65532:65532

# Prints the fields of the image $1, one a line.
image_row() {
  printf '%s\n' "${image_rows[@]}" | awk -F ' *[|] *' -v name="$1" '$1 == name { for (i = 1; i <= NF; ++i) print $i }'
}

image_names() {
  printf '%s\n' "${image_rows[@]%% *}"
}

# What is built: the commit, and whether there is more than that. Prints nothing where there is no history.
image_revision() {
  git describe --always --abbrev=40 --exclude='*' --dirty=-modified 2>/dev/null || true
}

# image_root NAME: its root file system in build/image/NAME/root, and what each file is from in origins.json.
image_root() {
  local row programs directory=build/image/$1
  mapfile -t row < <(image_row "$1")
  read -ra programs <<<"${row[5]}"
  mkdir -p "$directory"
  /usr/bin/python3 -B tools/image/root.py "$directory/root" build/package --directory "${row[3]}" "${programs[@]}" \
    >"$directory/origins.json"
}

# image_layer NAME EPOCH: the root file system as a tar archive.
image_layer() {
  tar --create --file "build/image/$1/layer.tar" --directory "build/image/$1/root" --format=gnu \
    --sort=name --mtime="@$2" --owner=0 --group=0 --numeric-owner .
}

# image_facts NAME VERSION: what the image says about itself, key=value.
image_facts() {
  local revision row
  mapfile -t row < <(image_row "$1")
  revision=$(image_revision)
  printf 'org.opencontainers.image.%s\n' "title=$1" "description=${row[4]}" "version=$2" "licenses=Apache-2.0" \
    ${revision:+"revision=$revision"}
}

# image_layout NAME VERSION CREATED: the image, from its layer, as an OCI layout.
image_layout() {
  local row words=() options=() word fact directory=build/image/$1
  mapfile -t row < <(image_row "$1")
  [[ -z ${row[1]} ]] || options+=(--config.entrypoint "/usr/bin/${row[1]}")
  read -ra words <<<"${row[2]}"
  for word in "${words[@]}"; do options+=(--config.cmd "$word"); done
  while read -r fact; do options+=(--config.label "$fact" --manifest.annotation "$fact"); done < <(image_facts "$1" "$2")
  rm -rf "$directory/layout"
  umoci init --layout "$directory/layout"
  umoci new --image "$directory/layout:$2"
  umoci raw add-layer --image "$directory/layout:$2" --history.created "$3" --history.created_by "./dev image" \
    "$directory/layer.tar"
  umoci config --image "$directory/layout:$2" --no-history --created "$3" --config.user "$image_user" \
    --config.env PATH=/usr/bin --config.workingdir "${row[3]}" "${options[@]}"
  umoci gc --layout "$directory/layout"
  # The name under which containerd and podman keep it: what kubelet makes of the short name in manifests/.
  sed -i "s|\"org.opencontainers.image.ref.name\":|\"io.containerd.image.name\":\"docker.io/library/$1:$2\",&|" \
    "$directory/layout/index.json"
}

# image_digest NAME: the digest of the manifest, which is the image's name in any registry.
image_digest() {
  grep -o 'sha256:[0-9a-f]*' "build/image/$1/layout/index.json"
}

# pack_image NAME: the archive and its bill of materials.
pack_image() {
  local epoch version created directory=build/image/$1
  epoch=$(source_epoch)
  version=$(project_version)
  created=$(date --utc --date="@$epoch" +%Y-%m-%dT%H:%M:%SZ)
  image_layer "$1" "$epoch"
  image_layout "$1" "$version" "$created"
  tar --create --file "build/image/$1-$version.oci.tar" --directory "$directory/layout" --format=gnu --mode=u=rwX,go=rX \
    --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner .
  /usr/bin/python3 -B tools/image/sbom.py "$directory/root" "$directory/origins.json" --name "$1" --version "$version" \
    --digest "$(image_digest "$1")" --created "$created" >"build/image/$1-$version.spdx.json"
  echo "build/image/$1-$version.oci.tar $(image_digest "$1")"
}

# ./dev image [--roots]: all of them, or only their root file systems.
run_image() {
  local name
  install_missing building image
  build_shipped all
  for name in $(image_names); do
    image_root "$name"
    [[ ${1:-} == --roots ]] || pack_image "$name"
  done
}
