#pragma once

#include "analytics/motion_blobs.h"

#include <vector>

namespace leedswatch::analytics {

/// A thing that goes through the picture, as far as its blobs tell.
struct MotionTrack {
    int number = 0;
    cv::Rect2f box;        ///< pixels of the analysed picture
    cv::Point2f velocity;  ///< of its centre, pixels a second
    int area = 0;
    double firstSeen = 0;  ///< seconds
    double lastSeen = 0;
    int sightings = 0;
    bool isThing = false;  ///< it has gone somewhere: no tree, no flicker of light; stays true when it stands still
    bool isSeenNow = false;
    bool isRestlessPlace = false;                     ///< it is where something moves often
    double goesSince = 0;                             ///< seconds; for a thing
    double standsSince = 0;                           ///< it has not left that place since
    cv::Point2f place;                                ///< of its centre, where it stands
    cv::Point2f origin;                               ///< of its centre, when it was first seen
    float farthest = 0;                               ///< pixels from there
    std::vector<std::pair<double, cv::Rect2f>> past;  ///< when it was where, until it is a thing; the last twelve
};

/// Joins the blobs of one picture to those of the pictures before. A track is a thing once it was seen three times and
/// has gone a part of its own size with all of it, and gone on going: light spreads, leaves come back, things go. One
/// thread at a time.
class MotionTracker {
public:
    /// `picture`: its size. Seconds never go back.
    void apply(const std::vector<MotionBlob>& blobs, cv::Size picture, double seconds);
    void clear() { m_tracks.clear(); }

    [[nodiscard]] const std::vector<MotionTrack>& tracks() const { return m_tracks; }
    [[nodiscard]] bool hasThing() const;
    /// A thing that stands is one for a minute; then it belongs to the scene.
    [[nodiscard]] bool isStanding(const MotionTrack& track) const;
    [[nodiscard]] bool isPresent(const MotionTrack& track) const;

private:
    void join(const std::vector<MotionBlob>& blobs, double seconds);
    void keepCovered(const std::vector<MotionBlob>& blobs, double seconds);
    [[nodiscard]] std::size_t leastWindow(const MotionTrack& track) const;
    void judge();

    std::vector<MotionTrack> m_tracks;
    cv::Size m_picture;
    double m_seconds = 0;
    int m_lastNumber = 0;
    double m_births = 0;  ///< new tracks a picture, over the last two seconds
};

}  // namespace leedswatch::analytics
