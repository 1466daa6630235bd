// Tells at once that files may have changed. Only server.cpp sees this header: it is expensive.
#pragma once

// Boost 1.74 forgets it in asio/awaitable.hpp
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <string>
#include <vector>

namespace dotdiag {

/// Watches (inotify) the directories that files lie in, not the files: editors and certificate managers rename new ones
/// into place, and Kubernetes renames the symbolic link `..data` beside them. Where the system has no watch left or a
/// directory does not exist, nothing is ever told: whoever must not miss a change looks from time to time as well.
class FileWatch {
 public:
  /// `paths`: files, or directories all of whose files are meant.
  FileWatch(boost::asio::io_context& context, const std::vector<std::string>& paths);

  /// Waits for a change of any kind. False where there will be none: there is no watch, or it was stopped.
  boost::asio::awaitable<bool> change();
  /// Forgets the changes so far: several files are often written together.
  void forget();
  void stop();

 private:
  boost::asio::posix::stream_descriptor inotify_;
};

}  // namespace dotdiag
