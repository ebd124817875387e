#pragma once

#include "transcode/luma.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace leedswatch::transcode {

/// Lines and columns at the edges of a picture that are no picture. Even numbers.
struct Borders {
    int left = 0;
    int right = 0;
    int top = 0;
    int bottom = 0;

    [[nodiscard]] bool isAny() const { return left + right + top + bottom > 0; }
    bool operator==(const Borders&) const = default;
};

/// Finds what analogue video has at its edges: blanking (black columns, black lines and the half line at the top) and
/// the lines at the bottom during which a tape machine changes heads. It takes little and only what is sure: at most a
/// twenty-fifth of the width and of the height at each edge, black in every picture beside something that is not, or
/// torn anew in every picture below lines that are whole. What is wider is a letterbox, and stays. One thread.
class BorderFinder {
public:
    /// Pictures of one size, as many as there are. Fields of two moments do no harm.
    void add(const Luma& picture);
    [[nodiscard]] Borders borders() const;

private:
    /// Of a column, a line or a half of one: the brightest that it was, and whether anything was ever seen in it.
    struct Edge {
        int brightest = 0;
        bool hasDetail = false;
        void add(int mean, int spread);
    };
    [[nodiscard]] static bool isBlank(const Edge& edge);
    /// From the outside in; of a line two halves.
    struct Side {
        std::vector<Edge> edges;
        int lit = 0;  ///< pictures that were bright beside it: only they tell what is blank
    };
    void begin(const Luma& picture);
    void addColumns(const Luma& picture, Side& side, bool isRight);
    void addRows(const Luma& picture, Side& side, bool isBottom);
    void addTears(const Luma& picture, const Luma& before);
    [[nodiscard]] int tornRows() const;

    std::optional<Luma> m_before;
    Side m_left;
    Side m_right;
    Side m_top;
    Side m_bottom;
    std::vector<std::int64_t> m_changes;  ///< of each line from one picture to the next
    std::vector<std::int64_t> m_steps;    ///< from the line of the same field above
    int m_width = 0;
    int m_pairs = 0;
};

}  // namespace leedswatch::transcode
