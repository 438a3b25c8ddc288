# One static library per folder with explicit sources, one test program per tested folder.
# g++ 12 takes the error branch of a Result for a delete of something that was never allocated: that one warning is off.
set(LX_WARNINGS -Wall -Wextra -Wshadow -Wconversion -Wno-missing-field-initializers -Wno-free-nonheap-object -Werror)
# At -O3 g++ 12 sees overlapping copies in "text" + std::string (its bug 105651).
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  list(APPEND LX_WARNINGS -Wno-restrict)
endif()

# Quicker where the machine has it, never needed.
find_program(LX_CCACHE ccache)
if(LX_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER ${LX_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${LX_CCACHE})
endif()
find_program(LX_LINKER NAMES mold ld.lld)
if(LX_LINKER MATCHES "mold$")
  add_link_options(-fuse-ld=mold)
elseif(LX_LINKER)
  add_link_options(-fuse-ld=lld)
endif()

set(LX_SANITIZE "" CACHE STRING "address,undefined or thread")
if(LX_SANITIZE)
  add_compile_options(-fsanitize=${LX_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${LX_SANITIZE})
  # g++ 12 warns wrongly about std::regex and std::function when a sanitizer is on; the plain build keeps the warning.
  list(APPEND LX_WARNINGS -Wno-maybe-uninitialized)
endif()

# What the code reaches is watched for libFuzzer (tests/fuzz). Its compiler warns of other things than ours does.
option(LX_FUZZ "build lianxin-fuzz; needs clang" OFF)
if(LX_FUZZ)
  # libFuzzer looks through every counter after every execution, so what no decoder can reach has none: the database engine and,
  # with lld, which drops a counter with its function, what nobody calls.
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fsanitize=fuzzer-no-link>)
  find_program(LX_LLD ld.lld)
  if(LX_LLD)
    add_link_options(-fuse-ld=lld -Wl,--gc-sections)
  endif()
  set(LX_WARNINGS -w)
endif()

# Six files of a target at a time halve a build from nothing: what they share is read and compiled once. So a name local to a
# file is given once in a target. The warning left out is of a file's own types taken for a header's.
option(LX_UNITY "compile the files of a target six at a time" ON)
if(LX_UNITY)
  list(APPEND LX_WARNINGS -Wno-subobject-linkage)
endif()

# Where no compiler cache does more, g++ is a quarter quicker when it reads the standard headers once and keeps what it
# allocated until a file is done. clang-tidy reads each file as it is (cmake/clang_tidy.sh), so a forgotten include is found.
option(LX_SHARED_HEADERS "read the standard headers once; g++ without a compiler cache only" ON)
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU" OR CMAKE_CXX_COMPILER_LAUNCHER)
  set(LX_SHARED_HEADERS OFF)
endif()
if(LX_SHARED_HEADERS)
  # Read once, the standard library's own inlined code is no longer taken for a system's, of which g++ 12 warns wrongly.
  list(APPEND LX_WARNINGS -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread -Wno-maybe-uninitialized)
  add_compile_options(--param=ggc-min-heapsize=524288 -pthread)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/headers.cpp CONTENT "// The standard headers, read once.\n")
  add_library(lx_headers STATIC ${CMAKE_BINARY_DIR}/headers.cpp)
  target_precompile_headers(lx_headers PRIVATE <algorithm> <array> <chrono> <cstdint> <filesystem> <functional> <map>
    <memory> <optional> <set> <span> <string> <string_view> <tuple> <unordered_map> <utility> <variant> <vector>)
endif()

# What every program and library of ours is compiled with.
function(lx_compiled name)
  target_compile_options(${name} PRIVATE ${LX_WARNINGS})
  set_target_properties(${name} PROPERTIES UNITY_BUILD ${LX_UNITY} UNITY_BUILD_BATCH_SIZE 6)
  if(LX_SHARED_HEADERS)
    target_precompile_headers(${name} REUSE_FROM lx_headers)
  endif()
endfunction()

# lx_library(NAME SOURCES a.cpp ... [DEPS lx_other ...] [LIBS dep::x ...])
function(lx_library name)
  cmake_parse_arguments(A "" "" "SOURCES;DEPS;LIBS" ${ARGN})
  add_library(${name} STATIC ${A_SOURCES})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  lx_compiled(${name})
  target_link_libraries(${name} PUBLIC ${A_DEPS} ${A_LIBS})
endfunction()

# lx_program(NAME SOURCES main.cpp [DEPS ...] [LIBS ...])
function(lx_program name)
  cmake_parse_arguments(A "" "" "SOURCES;DEPS;LIBS" ${ARGN})
  add_executable(${name} ${A_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  lx_compiled(${name})
  target_link_libraries(${name} PRIVATE ${A_DEPS} ${A_LIBS})
endfunction()

# What ThreadSanitizer is for: programs in which several threads run (ctest -L threads).
add_custom_target(lx_threads_tests)

# lx_test(NAME [LABEL fast|flow|fault|screen] [THREADS] SOURCES x_test.cpp ... [DEPS ...] [LIBS ...]): a doctest program, one ctest entry.
function(lx_test name)
  cmake_parse_arguments(A "THREADS" "LABEL;TIMEOUT" "SOURCES;DEPS;LIBS" ${ARGN})
  if(NOT A_LABEL)
    set(A_LABEL fast)
  endif()
  if(NOT A_TIMEOUT)
    set(A_TIMEOUT 600)  # only what hangs: a busy machine is slow
  endif()
  if(LX_SANITIZE)
    math(EXPR A_TIMEOUT "${A_TIMEOUT} * 5")
  endif()
  add_executable(${name} ${A_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  lx_compiled(${name})
  target_link_libraries(${name} PRIVATE lx_test_main ${A_DEPS} ${A_LIBS})
  if(A_THREADS)
    list(APPEND A_LABEL threads)
    add_dependencies(lx_threads_tests ${name})
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${A_LABEL}" TIMEOUT ${A_TIMEOUT}
    ENVIRONMENT "LX_SOURCE_DIR=${CMAKE_SOURCE_DIR};TSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/cmake/tsan.supp;LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/cmake/lsan.supp:print_suppressions=0")
endfunction()

# lx_test_runs(TEST PROGRAM...): the programs that a test starts are built before it, and its outcome is theirs (cmake/run_tests.py).
function(lx_test_runs name)
  set(files "")
  foreach(program ${ARGN})
    list(APPEND files $<TARGET_FILE:${program}>)
  endforeach()
  if(TARGET ${name})
    add_dependencies(${name} ${ARGN})
  endif()
  set_tests_properties(${name} PROPERTIES REQUIRED_FILES "${files}")
endfunction()
