# Writes the C++ source that carries the pages of errors, with the generator that carries the standard policies.
#   cmake -D OUTPUT=FILE -D "POLICIES=E0101.md;E0102.md" -D GENERATOR=stdpolicy/embed.cmake -P embed_pages.cmake
include("${GENERATOR}")
file(READ "${OUTPUT}" source)
string(REPLACE "stdpolicy/standard_modules.hpp" "interpreter/cli/error_pages.hpp" source "${source}")
string(REPLACE "standard_modules()" "error_pages()" source "${source}")
file(WRITE "${OUTPUT}" "${source}")
