# dep::sqlite: the one database engine of laptop and server, with sqlite3.h on its include path.
#   mc        SQLite3 Multiple Ciphers 2.4.0 (SQLite 3.53.4), one C file out of an npm package, pinned by hash (the default)
#   sqlcipher SQLCipher 4.6.1 out of bookworm-backports, unpacked beside the system
#   system    Debian's SQLite without encryption; programs say so at every start (LX_PLAIN_SQLITE)
set(LX_SQLITE "mc" CACHE STRING "mc | sqlcipher | system")
set_property(CACHE LX_SQLITE PROPERTY STRINGS mc sqlcipher system)

function(lx_sqlite_mc)
  execute_process(
    COMMAND ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/fetch_sqlite.sh ${LX_CACHE} better-sqlite3-multiple-ciphers@13.0.3
            24a11e221247fc003f755ad0f82126bc6b0295d0be1c06f3cb3e48d9db8eb898
    OUTPUT_VARIABLE folder OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "SQLite3 Multiple Ciphers could not be fetched (see above); -DLX_SQLITE=sqlcipher is the other encrypted engine")
  endif()
  file(SHA256 ${folder}/sqlite3.c hash)
  if(NOT hash STREQUAL "ad84d2c24540cf62ea27ee414911a32963390769bd031f39a50aec0ad90614a0")
    message(FATAL_ERROR "${folder}/sqlite3.c is not the pinned file (SHA-256 ${hash}); remove the folder and configure again")
  endif()
  message(STATUS "SQLite: Multiple Ciphers in ${folder}")
  add_library(lx_dep_sqlite STATIC ${folder}/sqlite3.c)
  target_include_directories(lx_dep_sqlite SYSTEM PUBLIC ${folder})
  # TEMP_STORE=3: no temporary file ever holds plain text. DQS=0: a misspelt column is an error, not a string.
  target_compile_definitions(lx_dep_sqlite PRIVATE SQLITE_ENABLE_FTS5 SQLITE_TEMP_STORE=3 SQLITE_SECURE_DELETE
    SQLITE_DQS=0 SQLITE_THREADSAFE=1 SQLITE_DEFAULT_SYNCHRONOUS=2 SQLITE_DEFAULT_WAL_SYNCHRONOUS=2 SQLITE_OMIT_LOAD_EXTENSION)
  # Not our code: no warnings, and fast in every kind of build (13 MB of C without optimising makes all tests slow).
  target_compile_options(lx_dep_sqlite PRIVATE -w -O2 -g0)
  target_link_libraries(lx_dep_sqlite PUBLIC Threads::Threads m)
endfunction()

function(lx_sqlite_sqlcipher)
  execute_process(
    COMMAND ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/fetch_debian_binary.sh ${LX_CACHE}/sqlcipher-4.6.1-2~bpo12+1 bookworm-backports
            libsqlcipher1=4.6.1-2~bpo12+1 libsqlcipher-dev=4.6.1-2~bpo12+1
    OUTPUT_VARIABLE folder OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "SQLCipher could not be fetched from bookworm-backports (see above)")
  endif()
  find_package(OpenSSL REQUIRED COMPONENTS Crypto)
  find_library(LX_SQLCIPHER_ARCHIVE NAMES libsqlcipher.a PATHS ${folder}/usr/lib ${folder}/usr/lib/${CMAKE_LIBRARY_ARCHITECTURE}
               NO_DEFAULT_PATH REQUIRED)
  message(STATUS "SQLite: SQLCipher in ${folder}")
  add_library(lx_dep_sqlite INTERFACE)
  target_include_directories(lx_dep_sqlite SYSTEM INTERFACE ${folder}/usr/include/sqlcipher)
  target_compile_definitions(lx_dep_sqlite INTERFACE SQLITE_HAS_CODEC LX_SQLCIPHER=1)
  target_link_libraries(lx_dep_sqlite INTERFACE ${LX_SQLCIPHER_ARCHIVE} OpenSSL::Crypto Threads::Threads m ${CMAKE_DL_LIBS})
endfunction()

function(lx_sqlite_system)
  find_package(SQLite3 REQUIRED)
  message(WARNING "SQLite: the system's, WITHOUT encryption; for development only")
  add_library(lx_dep_sqlite INTERFACE)
  target_link_libraries(lx_dep_sqlite INTERFACE SQLite::SQLite3)
  target_compile_definitions(lx_dep_sqlite INTERFACE LX_PLAIN_SQLITE=1)
endfunction()

if(LX_SQLITE STREQUAL "mc")
  lx_sqlite_mc()
elseif(LX_SQLITE STREQUAL "sqlcipher")
  lx_sqlite_sqlcipher()
elseif(LX_SQLITE STREQUAL "system")
  lx_sqlite_system()
else()
  message(FATAL_ERROR "LX_SQLITE is mc, sqlcipher or system, not '${LX_SQLITE}'")
endif()
add_library(dep::sqlite ALIAS lx_dep_sqlite)
