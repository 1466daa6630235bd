#include "webhook/live_admission.hpp"

#include "core/document/error.hpp"
#include "core/document/reader.hpp"
#include "tests/support/places.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

using Names = std::vector<std::string>;

std::string shipped(const std::string& name) {
  return read_bytes(source_path("policies/" + name + ".yaml"));
}

}  // namespace

TEST_CASE("policies that were replaced hold for whoever asks next, and not for who has asked") {
  const TemporaryDirectory directory;
  directory.write("a.yaml", shipped("dotnet-dump"));
  LiveAdmission admission({.directory = directory.path()});
  const auto before = admission.now();
  CHECK(policy_names(*before) == Names{"dotnet-dump"});
  CHECK_FALSE(admission.reload());

  directory.write("b.yaml", shipped("dotnet-monitor"));
  CHECK(admission.reload());
  CHECK(policy_names(*admission.now()) == Names{"dotnet-dump", "dotnet-monitor"});
  CHECK(policy_names(*before) == Names{"dotnet-dump"});
  CHECK_FALSE(admission.reload());
}

TEST_CASE("policies that cannot be used leave the ones before in place, until they can") {
  const TemporaryDirectory directory;
  directory.write("a.yaml", shipped("dotnet-dump"));
  LiveAdmission admission({.directory = directory.path()});
  const std::string whole = shipped("dotnet-monitor");
  directory.write("b.yaml", whole.substr(0, whole.size() / 2));
  CHECK_THROWS_AS(admission.reload(), InputError);
  CHECK_THROWS_AS(admission.reload(), InputError);
  CHECK(policy_names(*admission.now()) == Names{"dotnet-dump"});
  directory.write("b.yaml", whole);
  CHECK(admission.reload());
  CHECK(policy_names(*admission.now()) == Names{"dotnet-dump", "dotnet-monitor"});
}

TEST_CASE("the policy that the annotation stands for must stay") {
  const TemporaryDirectory directory;
  directory.write("a.yaml", shipped("dotnet-dump"));
  LiveAdmission admission({.directory = directory.path()});
  directory.write("a.yaml", shipped("dotnet-monitor"));
  CHECK_THROWS_WITH(admission.reload(), Catch::Contains("choose one of dotnet-monitor"));
  CHECK(policy_names(*admission.now()) == Names{"dotnet-dump"});
}

}  // namespace dotdiag::test
