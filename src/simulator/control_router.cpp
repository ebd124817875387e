#include "simulator/control_router.h"

#include "simulator/control_line.h"

namespace leedswatch::simulator {

std::string ControlRouter::answer(std::string_view line) const {
    if (isPanelLine(line)) {
        const auto parsed = parsePanelLine(line);
        if (!parsed) {
            return "error: " + parsed.error().message + "\n";
        }
        return m_panels != nullptr ? m_panels->command(*parsed)
                                   : "error: there are no panels; start with --panels and --arc\n";
    }
    const auto parsed = parseControlLine(line);
    if (!parsed) {
        return "error: " + parsed.error().message + "\n";
    }
    if (parsed->kind == ControlCommand::Kind::Status) {
        return (m_panels != nullptr ? m_panels->status() : "") +
               (m_cameras != nullptr ? m_cameras->command(line) : "ok\n");
    }
    return m_cameras != nullptr ? m_cameras->command(line) : "error: there are no cameras; start with --cameras\n";
}

}  // namespace leedswatch::simulator
