#include "programs/ctl/zone_text.h"

#include <sstream>

namespace leedswatch::ctl {

base::Result<std::vector<std::pair<int, int>>> cornersFrom(const std::string& text, const std::string& unit) {
    std::vector<std::pair<int, int>> corners;
    std::istringstream parts{text};
    for (std::string part; parts >> part;) {
        std::istringstream numbers{part};
        std::pair<int, int> corner;
        char comma = 0;
        if (!(numbers >> corner.first >> comma >> corner.second) || comma != ',' || !(numbers >> std::ws).eof()) {
            return base::fail(base::ErrorCode::InvalidInput,
                              "'" + part + "' is no corner of a zone; write " + unit +
                                  ", x before y, as in \"1000,2000 9000,2000 9000,8000\"");
        }
        corners.push_back(corner);
    }
    return corners;
}

}  // namespace leedswatch::ctl
