# The entry of one version of CHANGELOG.md, as Debian writes changelogs. Variables: version, maintainer, date.
function print_item(  n, i, words, line) {
  n = split(item, words, " ")
  line = "  *"
  for (i = 1; i <= n; ++i) {
    if (length(line) + length(words[i]) >= 78) { print line; line = "   " }
    line = line " " words[i]
  }
  if (n > 0) print line
  item = ""
}
/^## / { print_item(); wanted = $2 == version; if (wanted) print "dotdiag (" version ") unstable; urgency=medium\n" }
wanted && /^- / { print_item(); item = substr($0, 3) }
wanted && /^  [^ ]/ { item = item " " $0 }
END { print_item(); print "\n -- " maintainer "  " date }
