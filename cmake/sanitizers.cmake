# Sanitizers, chosen by the presets asan and tsan; an error ends the program, so that no test can pass over it.
if(DOTDIAG_SANITIZE)
  target_compile_options(dotdiag_options INTERFACE
    -fsanitize=${DOTDIAG_SANITIZE}
    -fno-sanitize-recover=all
    -fno-omit-frame-pointer
  )
  target_link_options(dotdiag_options INTERFACE -fsanitize=${DOTDIAG_SANITIZE})
endif()
