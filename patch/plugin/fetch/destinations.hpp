// The places where an answer can go: a file, as it came or unpacked; memory; a terminal, as it comes.
#pragma once

#include "core/transfer/unpack.hpp"
#include "patch/plugin/fetch/destination.hpp"
#include "patch/plugin/fetch/local_file.hpp"

#include <memory>
#include <ostream>
#include <string>

namespace dotdiag {

class ToFile : public Destination {
 public:
  ToFile(LocalFile& file, bool unpacks) : file_(file), unpacks_(unpacks) {}
  void begin() override;
  bool take(std::string_view data) override;
  std::string_view problem() override;

 private:
  LocalFile& file_;
  bool unpacks_;
  std::unique_ptr<transfer::Unpacker> unpacker_;
  std::string problem_;
};

class ToMemory : public Destination {
 public:
  void begin() override { text_.clear(); }
  bool take(std::string_view data) override {
    text_ += data;
    return true;
  }
  std::string_view problem() override { return {}; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// For what is of use before its end.
class ToStream : public Destination {
 public:
  explicit ToStream(std::ostream& out) : out_(out) {}
  void begin() override {}
  bool take(std::string_view data) override {
    out_ << data << std::flush;
    return true;
  }
  std::string_view problem() override { return {}; }

 private:
  std::ostream& out_;
};

}  // namespace dotdiag
