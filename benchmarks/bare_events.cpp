// libyaml alone: hands out the events of the files that the arguments name, and does nothing with them.
#include <yaml.h>

#include <cstdio>
#include <memory>

namespace {

bool pass(const char* path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path, "rb"), std::fclose);
  yaml_parser_t parser;
  if (!file || yaml_parser_initialize(&parser) == 0) return false;
  yaml_parser_set_input_file(&parser, file.get());
  bool ok = true;
  for (bool at_end = false; ok && !at_end;) {
    yaml_event_t event;
    ok = yaml_parser_parse(&parser, &event) == 1;
    if (!ok) break;
    at_end = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return ok;
}

}  // namespace

int main(int count, char** arguments) {
  int failed = 0;
  for (int i = 1; i < count; ++i)
    failed += pass(arguments[i]) ? 0 : 1;
  if (failed > 0) std::fprintf(stderr, "bare_events: %d files are not YAML\n", failed);
  return failed > 0 ? 1 : 0;
}
