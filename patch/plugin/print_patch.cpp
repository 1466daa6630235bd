// kubectl dotdiag patch: what dotdiag-patch prints, for a pod in the cluster.
#include "patch/explain.hpp"
#include "patch/output_formats.hpp"
#include "patch/plugin/session.hpp"

#include <cassert>

namespace dotdiag {

int print_patch(const PluginSettings& settings, const Terminal& terminal) {
  Session session(settings, terminal);
  if (!session.look() || !session.is_ready()) return 1;
  const OutputFormat* format = find_output_format(settings.output);
  assert(format != nullptr);  // the command line saw to it
  check_needs(*format, session.plan(), "pod/" + session.plan().pod);
  print_warnings(session.plan(), plugin_prefix, terminal.err);
  if (format->usage != nullptr) terminal.err << plugin_prefix << format->usage(session.plan());
  terminal.out << format->write(session.plan());
  return 0;
}

}  // namespace dotdiag
