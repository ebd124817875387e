#pragma once

#include "simulator/panel_estate.h"
#include "simulator/training_estate.h"

#include <string>
#include <string_view>

namespace leedswatch::simulator {

/// Gives each control line to whom it is for. Either may be missing; both outlive it. One thread.
class ControlRouter {
public:
    ControlRouter(TrainingEstate* cameras, PanelEstate* panels) : m_cameras{cameras}, m_panels{panels} {}

    /// "ok" or "error: sentence", for "status" with lines of cameras and panels before it; every line ends with a
    /// newline.
    [[nodiscard]] std::string answer(std::string_view line) const;

private:
    TrainingEstate* m_cameras;
    PanelEstate* m_panels;
};

}  // namespace leedswatch::simulator
