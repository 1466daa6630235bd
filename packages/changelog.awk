# The entry of one version of CHANGELOG.md, as Debian writes changelogs. Variables: version, maintainer, date.
/^## / { wanted = $2 == version; if (wanted) print "dotdiag (" version ") unstable; urgency=medium\n" }
wanted && /^- / { sub(/^- /, "  * "); print; next }
wanted && /^  [^ ]/ { print "  " $0 }
END { print "\n -- " maintainer "  " date }
