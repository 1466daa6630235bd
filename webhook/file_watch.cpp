#include "webhook/file_watch.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <filesystem>

namespace dotdiag {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

fs::path directory_of(const std::string& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return path;
  const fs::path parent = fs::path(path).parent_path();
  return parent.empty() ? fs::path(".") : parent;
}

}  // namespace

FileWatch::FileWatch(asio::io_context& context, const std::vector<std::string>& paths) : inotify_(context) {
  const int descriptor = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (descriptor < 0) return;
  constexpr unsigned changes = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO;
  for (const std::string& path : paths)
    ::inotify_add_watch(descriptor, directory_of(path).c_str(), changes);
  inotify_.assign(descriptor);
}

asio::awaitable<bool> FileWatch::change() {
  if (!inotify_.is_open()) co_return false;
  boost::system::error_code error;
  co_await inotify_.async_wait(asio::posix::stream_descriptor::wait_read,
                               asio::redirect_error(asio::use_awaitable, error));
  co_return !error;
}

void FileWatch::forget() {
  std::array<char, 4096> events;
  while (inotify_.is_open() && ::read(inotify_.native_handle(), events.data(), events.size()) > 0) {
  }
}

void FileWatch::stop() {
  boost::system::error_code ignored;
  inotify_.close(ignored);
}

}  // namespace dotdiag
