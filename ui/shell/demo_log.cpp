#include "ui/shell/demo_log.h"

#include <array>
#include <string>

namespace leedswatch::ui {

namespace {

struct Entry {
    const char* type;
    int camera;  ///< which camera of the estate, from 1; 0 for none
    const char* text;
};

constexpr std::array<Entry, 8> evening{{
    {"occurrence", 0, "Night shift on. Handover read and signed. All positions manned, radios checked."},
    {"camera", 4, "Picture soft in the lower left, lens needs a wipe. Passed to engineering for the morning round."},
    {"asb", 2,
     "Group of six outside the takeaway, shouting and kicking bins. Street team told by radio, two wardens on their "
     "way. "
     "Moved on at once when they arrived, no offences."},
    {"police", 3,
     "Request from the city inspector to watch for a grey hatchback, one headlight out, last seen heading for the ring "
     "road. Not found in this view; watching."},
    {"missing", 5,
     "Missing teenager, red coat, white trainers. Description passed to all positions. Seen walking towards the bus "
     "station; transport officers informed."},
    {"traffic", 1, "Delivery lorry blocking the bus lane. Driver spoken to by the warden, gone after four minutes."},
    {"theft", 6,
     "Shop radio: male left without paying, dark jacket, rucksack. Followed on camera to the corner and handed over to "
     "store security there. Footage to be kept."},
    {"welfare", 7, "Elderly man sat on the kerb, confused. Ambulance called, warden with him until it came."},
}};

}  // namespace

base::Result<void> writeDemoLog(incident::IncidentLog& log, const access::Acting& author,
                                const std::vector<estate::Camera>& cameras) {
    for (const Entry& line : evening) {
        std::optional<int> number;
        if (line.camera > 0 && static_cast<std::size_t>(line.camera) <= cameras.size()) {
            number = cameras[static_cast<std::size_t>(line.camera) - 1].number;
        }
        incident::NewLine wanted;
        wanted.type = line.type;
        wanted.cameraNumber = number;
        wanted.text = line.text;
        TRY(log.add(author, wanted));
    }
    return {};
}

}  // namespace leedswatch::ui
