#include "linter/sources/project_file.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;

TEST_CASE("a project says its SDK and its properties, with their lines") {
  const ProjectFile project = ProjectFile::parse(
      "<Project Sdk=\"Microsoft.NET.Sdk\">\n"
      "  <!-- <PublishAot>true</PublishAot>\n"
      "  -->\n"
      "  <PropertyGroup>\n"
      "    <OutputType>Exe</OutputType>\n"
      "    <TargetFramework> net8.0 </TargetFramework>\n"
      "    <PublishSingleFile Condition=\"'$(C)' == 'Release'\">True</PublishSingleFile>\n"
      "  </PropertyGroup>\n"
      "</Project>\n");
  CHECK(project.sdk == "Microsoft.NET.Sdk");
  CHECK(project.is_program());
  CHECK(project.value("TargetFramework") == "net8.0");
  CHECK(project.is_true("PublishSingleFile"));
  CHECK(project.properties.at("PublishSingleFile").line == 7);
  CHECK_FALSE(project.is_true("PublishAot"));
}

TEST_CASE("a library and a test are no programs") {
  CHECK_FALSE(ProjectFile::parse("<Project Sdk=\"Microsoft.NET.Sdk\"></Project>").is_program());
  CHECK_FALSE(
      ProjectFile::parse("<Project Sdk=\"Microsoft.NET.Sdk.Web\"><IsTestProject>true</IsTestProject>").is_program());
  CHECK(ProjectFile::parse("<Project Sdk=\"Microsoft.NET.Sdk.Worker\"/>").is_program());
}

TEST_CASE("what is no XML does no harm") {
  for (const char* text :
       {"", "<", "<!--", "<PublishAot", "<PublishAot>", "<PublishAot>true", "<Project Sdk=", "<Project Sdk=\"x"})
    CHECK_FALSE(ProjectFile::parse(text).is_program());
  ProjectFile::parse(std::string(100'000, '<'));
}
