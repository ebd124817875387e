#include "video/unfinished_files.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace leedswatch::video {

void UnfinishedFiles::add(UnfinishedFile file) {
    const std::scoped_lock lock{m_mutex};
    m_files.push_back(std::move(file));
}

std::vector<UnfinishedFile> UnfinishedFiles::take(VolumeId volume) {
    const std::scoped_lock lock{m_mutex};
    const auto others = std::stable_partition(m_files.begin(), m_files.end(),
                                              [&](const UnfinishedFile& file) { return file.open.volume != volume; });
    std::vector<UnfinishedFile> taken{std::move_iterator{others}, std::move_iterator{m_files.end()}};
    m_files.erase(others, m_files.end());
    return taken;
}

}  // namespace leedswatch::video
