#pragma once

#include "video/nal_units.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace leedswatch::video {

/// Notices that an H.265 picture rests on one that did not come before it: libavcodec draws a grey one in its place and
/// says nothing. Each picture names those that it and later ones rest on by their order counts (clauses 7.3.7 and
/// 8.3.2). One of these a stream; one thread at a time. Long-term references and layers are not followed.
class H265References {
public:
    /// `hvcRecord` is the stream's hvcC record.
    explicit H265References(Bytes hvcRecord);

    /// One picture, NAL units each behind a 4-byte length. True if a picture that it rests on did not come.
    bool isAfterHole(Bytes picture);

private:
    /// A picture named by the distance of its order count.
    struct Reference {
        int distance = 0;
        bool isUsed = false;  ///< by this picture, not only by later ones
    };
    using ReferenceSet = std::vector<Reference>;
    struct Sequence {
        int countBits = 0;
        bool coloursApart = false;
        std::vector<ReferenceSet> sets;
    };
    struct PictureSet {
        unsigned sequence = 0;
        bool hasOutputFlag = false;
        int extraBits = 0;
    };
    struct Reader;

    void takeSet(Bytes nalUnit);
    [[nodiscard]] std::optional<bool> judge(Bytes slice);
    [[nodiscard]] int fullCount(int low, int bits) const;

    std::map<unsigned, Sequence> m_sequences;
    std::map<unsigned, PictureSet> m_pictureSets;
    std::set<int> m_counts;  ///< of the pictures that may still be referred to
    int m_lastCount = 0;     ///< of the last picture that counts are relative to (prevTid0Pic)
};

}  // namespace leedswatch::video
