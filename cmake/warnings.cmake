# The warnings that every target of ours is built with. Link dotdiag_options, never set global flags.
add_library(dotdiag_options INTERFACE)
target_include_directories(dotdiag_options INTERFACE
  ${PROJECT_SOURCE_DIR}
)
target_compile_features(dotdiag_options INTERFACE cxx_std_20)
target_compile_options(dotdiag_options INTERFACE
  -Wall
  -Wextra
  -Wpedantic
  -Wshadow
  -Wconversion
  -Wnon-virtual-dtor
  -Woverloaded-virtual
  -Wimplicit-fallthrough
  $<$<BOOL:${DOTDIAG_WERROR}>:-Werror>
  # Of a file that stands in another one GCC takes an anonymous namespace for a header's.
  $<$<AND:$<BOOL:${CMAKE_UNITY_BUILD}>,$<CXX_COMPILER_ID:GNU>>:-Wno-subobject-linkage>
)
target_compile_definitions(dotdiag_options INTERFACE
  DOTDIAG_VERSION="${PROJECT_VERSION}"
)
