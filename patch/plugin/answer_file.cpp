#include "patch/plugin/answer_file.hpp"

#include "core/document/error.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace dotdiag {
namespace {

std::string stamp(std::time_t now) {
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y%m%d-%H%M%S", &parts);
  return text.data();
}

std::string ending(const Question& question, const QuestionSettings& settings) {
  if (question.ending == nullptr) return settings.format == "json" ? ".json" : ".txt";
  std::string text = question.ending;
  if (passed_value(settings, "format") == "speedscope") text = ".speedscope.json";
  if (question.is_packed && settings.packing == "zstd") text += ".zst";
  if (question.is_packed && settings.packing == "gzip") text += ".gz";
  return text;
}

void check(const std::string& path, bool overwrites) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) == 0) {
    if (!S_ISREG(status.st_mode)) throw InputError(path, {}, "is no file", "choose another name with -o");
    if (!overwrites) throw InputError(path, {}, "exists already", "choose another name with -o, or pass --overwrite");
  }
  const std::size_t slash = path.rfind('/');
  const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  if (::access(directory.c_str(), W_OK | X_OK) != 0)
    throw InputError(directory, {}, std::string("cannot be written to: ") + std::strerror(errno),
                     "choose another place with -o");
}

}  // namespace

bool is_directory(const std::string& path) {
  struct stat status {};
  return path.ends_with('/') || (::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode));
}

std::optional<std::string> answer_file(const Question& question, const QuestionSettings& settings,
                                       const std::string& pod, std::time_t now) {
  if (question.ending == nullptr && settings.file.empty()) return std::nullopt;
  std::string path = settings.file;
  if (path.empty() || is_directory(path)) {
    if (!path.empty() && !path.ends_with('/')) path += '/';
    path += pod + "." + stamp(now) + ending(question, settings);
  }
  check(path, settings.overwrites);
  return path;
}

}  // namespace dotdiag
