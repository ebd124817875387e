# cmake -DFOLDER=... -DOUTPUT=... -P embed_codes.cmake: the tables of codes as a C++ source.
set(text "// Made from resources/codes by embed_codes.cmake.\n#include \"alarm/embedded_codes.h\"\n\nnamespace leedswatch::alarm {\n\nnamespace {\n\n")
foreach(table IN ITEMS contact_id sia fast_format sia_addresses)
  file(READ "${FOLDER}/${table}.csv" csv)
  # One raw text may have 65,536 characters by the standard; the longest table has a third of that.
  string(APPEND text "constexpr std::string_view ${table} = R\"csv(${csv})csv\";\n\n")
endforeach()
string(APPEND text "}  // namespace\n\nconst EmbeddedCodes& embeddedCodes() {\n    static constexpr EmbeddedCodes codes{contact_id, sia, fast_format, sia_addresses};\n    return codes;\n}\n\n}  // namespace leedswatch::alarm\n")
file(WRITE "${OUTPUT}" "${text}")
