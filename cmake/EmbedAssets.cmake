# lx_embed(TARGET [NAMESPACE ns] FILES f...): a library that holds the files (paths from the root) and offers, in the namespace
# (the target's name when none is given),
#   std::string_view file(std::string_view path);   empty = no such file
#   std::vector<std::string_view> files();          all paths, in the order given
# The assembler includes the bytes as they are: nothing is escaped, and a file of many megabytes costs nothing to compile.
function(lx_embed target)
  cmake_parse_arguments(A "" "NAMESPACE" "FILES" ${ARGN})
  if(NOT A_NAMESPACE)
    set(A_NAMESPACE ${target})
  endif()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${target}.cpp)
  set(symbols "")
  set(cases "")
  set(names "")
  set(n 0)
  foreach(path ${A_FILES})
    string(APPEND symbols "asm(\".section .rodata\\n${target}_${n}_begin:\\n.incbin \\\"${CMAKE_SOURCE_DIR}/${path}\\\"\\n${target}_${n}_end:\\n.byte 0\\n.text\\n\");\n")
    string(APPEND symbols "extern const char ${target}_${n}_begin[] asm(\"${target}_${n}_begin\");\nextern const char ${target}_${n}_end[] asm(\"${target}_${n}_end\");\n")
    string(APPEND cases "  if (path == \"${path}\") return {${target}_${n}_begin, static_cast<std::size_t>(${target}_${n}_end - ${target}_${n}_begin)};\n")
    string(APPEND names "\"${path}\", ")
    math(EXPR n "${n} + 1")
  endforeach()
  file(CONFIGURE OUTPUT ${source} CONTENT "#include <cstddef>
#include <string_view>
#include <vector>
${symbols}
namespace ${A_NAMESPACE} {
std::string_view file(std::string_view path);
std::vector<std::string_view> files();
std::string_view file(std::string_view path) {
${cases}  return {};
}
std::vector<std::string_view> files() { return {${names}}; }
}  // namespace ${A_NAMESPACE}
" @ONLY)
  set(absolute ${A_FILES})
  list(TRANSFORM absolute PREPEND ${CMAKE_SOURCE_DIR}/)
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${absolute}")
  add_library(${target} STATIC ${source})
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR})
endfunction()
