# dotdiag_embed(<output.cpp> <namespace-level function name> FILES <files...>)
# Writes a source file that holds the named files' texts, so that the programs need no data files beside them.
function(dotdiag_embed output function)
  cmake_parse_arguments(EMBED "" "" "FILES" ${ARGN})
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND}
      -D OUTPUT=${output}
      -D FUNCTION=${function}
      "-D FILES=${EMBED_FILES}"
      -P ${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake
    DEPENDS ${EMBED_FILES} ${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake
    VERBATIM
  )
endfunction()
