#include "collect/gcdump_file.hpp"

#include "collect/heap_request.hpp"
#include "collect/output_file.hpp"
#include "collect/words.hpp"
#include "core/diagnostics/heap/gcdump.hpp"

#include <unistd.h>

#include <array>
#include <iostream>
#include <streambuf>

namespace dotdiag::collect {
namespace {

/// Gathers small writes for an OutputFile, which throws what goes wrong.
class FileBuffer : public std::streambuf {
 public:
  explicit FileBuffer(OutputFile& file) : file_(file) { setp(buffer_.data(), buffer_.data() + buffer_.size()); }

  int sync() override {
    file_.write({pbase(), static_cast<std::size_t>(pptr() - pbase())});
    written_ += static_cast<std::uint64_t>(pptr() - pbase());
    setp(buffer_.data(), buffer_.data() + buffer_.size());
    return 0;
  }
  std::uint64_t written() const { return written_; }

 protected:
  int_type overflow(int_type character) override {
    sync();
    return traits_type::eq_int_type(character, traits_type::eof()) ? 0 : sputc(traits_type::to_char_type(character));
  }

 private:
  OutputFile& file_;
  std::array<char, 1 << 16> buffer_{};
  std::uint64_t written_ = 0;
};

std::string machine_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

}  // namespace

int write_gcdump_file(const diagnostics::HeapGraph& graph, std::uint64_t lost_events, const std::string& process,
                      const std::string& path, bool even_with_gaps) {
  const int code = report_gaps(graph.gaps(lost_events));
  if (code != 0 && !even_with_gaps) {
    std::cerr << path << ": not written: --incomplete writes it all the same\n";
    return code;
  }
  OutputFile file(path);
  FileBuffer buffer(file);
  std::ostream stream(&buffer);
  stream.exceptions(std::ios::badbit);  // lets the file's own words through
  diagnostics::write_gcdump(graph, {machine_name(), process}, stream);
  stream.flush();
  file.keep();
  std::cerr << path << ": " << grouped(graph.nodes().size()) << " objects, " << size_words(buffer.written()) << '\n';
  return code;
}

}  // namespace dotdiag::collect
