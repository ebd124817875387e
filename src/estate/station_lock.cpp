#include "estate/station_lock.h"

#include <sys/stat.h>

#include <fstream>
#include <sstream>
#include <string>

namespace leedswatch::estate {

std::optional<int> runningStation(const std::filesystem::path& dataFolder) {
    struct stat lock {};
    if (::stat((dataFolder / "run" / "station.lock").c_str(), &lock) != 0) {
        return std::nullopt;
    }
    // "1: FLOCK  ADVISORY  WRITE 4242 fe:01:131090 0 EOF"; the file is the last of the three numbers, its inode. The
    // device is left out: on layered file systems the table and stat() name it differently.
    const std::string inode = ":" + std::to_string(lock.st_ino);
    std::ifstream table{"/proc/locks"};
    for (std::string line; std::getline(table, line);) {
        std::istringstream words{line};
        std::string number;
        std::string kind;
        std::string strictness;
        std::string access;
        std::string file;
        int process = 0;
        words >> number >> kind >> strictness >> access >> process >> file;
        if (kind == "FLOCK" && access == "WRITE" && file.ends_with(inode)) {
            return process;
        }
    }
    return std::nullopt;
}

}  // namespace leedswatch::estate
