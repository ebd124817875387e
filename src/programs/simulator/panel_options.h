#pragma once

#include "simulator/panel_estate.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace leedswatch {

/// What the command line says of panels.
struct PanelOptions {
    int count = 0;
    std::string receiver;  ///< as typed: HOST:PORT
    std::optional<std::filesystem::path> premisesFile;
    std::optional<simulator::PanelCarrier> carrier;
    simulator::PanelEstate::Settings estate;
};

void declarePanels(CLI::App& app, PanelOptions& options);
[[nodiscard]] std::string panelFooter();
/// Error: InvalidInput.
[[nodiscard]] base::Result<void> complete(PanelOptions& options);

/// Writes the premises, if that is wanted, and has the panels dial; null without panels or without a receiver.
[[nodiscard]] base::Result<std::unique_ptr<simulator::PanelEstate>> startPanels(PanelOptions options,
                                                                                std::uint64_t seed,
                                                                                const base::Clock& clock);
/// Stops the panels and prints what was acknowledged to them.
[[nodiscard]] base::Result<void> finishPanels(simulator::PanelEstate& panels);

}  // namespace leedswatch
