// dotdiag-lint: says in files, before anything is deployed, which workloads are not prepared for being diagnosed.
#include "core/document/error.hpp"
#include "linter/embedded.hpp"
#include "linter/explain.hpp"
#include "linter/options.hpp"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <exception>
#include <iostream>
#include <streambuf>
#include <string>
#include <string_view>

namespace {

/// Standard output that remembers why it took no more: a stream of the library only knows that.
class StandardOutput : public std::streambuf {
 public:
  /// 0, or the errno of the first write that failed.
  int error() const { return error_; }

 protected:
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    pending_.append(text, static_cast<std::size_t>(size));
    return pending_.size() < buffer_size || sync() == 0 ? size : 0;
  }

  int_type overflow(int_type character) override {
    const char text = traits_type::to_char_type(character);
    return xsputn(&text, 1) == 1 ? character : traits_type::eof();
  }

  int sync() override {
    std::string_view rest = pending_;
    while (!rest.empty() && error_ == 0) {
      const ssize_t count = ::write(STDOUT_FILENO, rest.data(), rest.size());
      if (count >= 0) rest.remove_prefix(static_cast<std::size_t>(count));
      if (count < 0 && errno != EINTR) error_ = errno;
    }
    pending_.clear();
    return error_ == 0 ? 0 : -1;
  }

 private:
  static constexpr std::size_t buffer_size = 1 << 16;
  std::string pending_;
  int error_ = 0;
};

/// The exit code once everything that was printed is on its way. A reader who has seen enough (`| head`) is no error.
int finish(StandardOutput& output, int code) {
  output.pubsync();
  if (output.error() == 0 || output.error() == EPIPE) return code;
  std::cerr << "dotdiag-lint: standard output: " << std::strerror(output.error()) << ": make room or write elsewhere\n";
  return 2;
}

/// Answers --schema, --explain and --rules.
int refer(const dotdiag::Options& options, std::ostream& out) {
  const dotdiag::PolicySet& policies = *options.settings.file.lint.policies;
  if (!options.schema.empty()) {
    out << dotdiag::embedded_schema_text(options.schema);
  } else if (!options.explain.empty()) {
    dotdiag::explain(options.explain, policies, out);
  } else if (options.rules_format == "json") {
    dotdiag::list_as_json(policies, out);
  } else if (options.rules_format == "markdown") {
    dotdiag::list_as_markdown(policies, out);
  } else {
    dotdiag::list_as_text(policies, out);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  ::signal(SIGPIPE, SIG_IGN);
  try {
    dotdiag::Options options;
    dotdiag::parse_options(argc, argv, options);
    if (options.exit_code) return *options.exit_code;
    StandardOutput output;
    std::ostream out(&output);
    if (options.is_reference()) return finish(output, refer(options, out));
    return finish(output, dotdiag::run(options.settings, out, std::cerr));
  } catch (const std::exception& error) {
    std::cerr << "dotdiag-lint: " << error.what() << '\n';
    return 2;
  }
}
