// cat: a file to standard output, packed so that whoever unpacks it notices when the connection was cut.
#include "collect/command.hpp"
#include "collect/compress.hpp"
#include "collect/output_file.hpp"
#include "core/diagnostics/descriptor.hpp"
#include "core/diagnostics/failure.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

namespace dotdiag::collect {
namespace {

int run(const Arguments& arguments) {
  if (arguments.positional().empty()) throw Misuse("which file? name one");
  const std::string path = arguments.positional()[0];
  const diagnostics::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  const auto fail = [&] {
    throw diagnostics::Failure(diagnostics::FailureKind::unsuitable,
                               path + ": cannot be read: " + std::strerror(errno));
  };
  if (!file) fail();
  OutputFile out("-");
  const auto compressor = make_compressor(packing_for(arguments.one_of("compress", {"zstd", "gzip"}), "-"),
                                          [&](auto bytes) { out.write(bytes); });
  std::vector<char> buffer(1u << 20);
  for (ssize_t count = 0; (count = ::read(file.get(), buffer.data(), buffer.size())) != 0;) {
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail();
    compressor->write({buffer.data(), static_cast<std::size_t>(count)});
  }
  compressor->finish();
  out.keep();
  return 0;
}

}  // namespace

Command cat_command() {
  return {"cat",
          "FILE",
          "write a file to standard output, packed, with a checksum",
          "kubectl exec can end with 0 although its connection was cut: zstd -d or gzip -d then says that the file "
          "ends too early.",
          1,
          {{"compress", '\0', "HOW", "zstd or gzip; default: zstd"}},
          run};
}

}  // namespace dotdiag::collect
