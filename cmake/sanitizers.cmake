# Sanitizers, chosen by the presets asan and tsan; an error ends the program, so that no test can pass over it.
if(DOTDIAG_SANITIZE)
  target_compile_options(dotdiag_options INTERFACE
    -fsanitize=${DOTDIAG_SANITIZE}
    -fno-sanitize-recover=all
    -fno-omit-frame-pointer
  )
  target_link_options(dotdiag_options INTERFACE -fsanitize=${DOTDIAG_SANITIZE})
endif()

# Asio fences memory, which gcc warns that its thread sanitizer does not see; it sees the locks and atomics around them.
if(DOTDIAG_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(dotdiag_options INTERFACE -Wno-tsan)
endif()
