# cmake -DFILE=... -DOUTPUT=... -P embed_plans.cmake: the standard action plans as a C++ source.
file(READ "${FILE}" json)
file(WRITE "${OUTPUT}" "// Made from resources/plans by embed_plans.cmake.\n#include \"response/standard_plans.h\"\n\nnamespace leedswatch::response {\n\nstd::string_view standardPlansText() {\n    return R\"json(${json})json\";\n}\n\n}  // namespace leedswatch::response\n")
