#include "simulator/drawn_premises.h"

#include "base/csv.h"
#include "base/hash.h"
#include "simulator/leeds_streets.h"
#include "simulator/premises_kinds.h"
#include "simulator/scene_random.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace leedswatch::simulator {
namespace {

using namespace std::chrono_literals;

constexpr int firstAccount = 200'000;
/// Kept connections that are quiet for longer would be closed by a receiver.
constexpr auto longestKeptPoll = 60s;

constexpr std::array<std::string_view, 30> surnames{
    "Ackroyd",  "Barraclough", "Clegg",  "Dyson",    "Firth",   "Greenwood", "Haigh",   "Illingworth",
    "Jagger",   "Kershaw",     "Lumb",   "Naylor",   "Oldroyd", "Pickles",   "Ramsden", "Sutcliffe",
    "Thackray", "Umpleby",     "Varley", "Whitaker", "Ahmed",   "Begum",     "Hussain", "Kaur",
    "Khan",     "Nowak",       "Okafor", "Patel",    "Singh",   "Mazur"};
constexpr std::array<std::string_view, 24> houseNames{"Aire",    "Beech",    "Calder", "Dale",     "Elm",    "Fountain",
                                                      "Gledhow", "Hawthorn", "Ivy",    "Juniper",  "Kirk",   "Larch",
                                                      "Maple",   "Nidd",     "Oak",    "Poplar",   "Quarry", "Rowan",
                                                      "Spring",  "Thorn",    "Ure",    "Victoria", "Wharfe", "Yew"};

/// What a number is drawn for: another for each question, so that answers do not hang together.
enum class Question : std::uint64_t {
    Kind,
    Name,
    Ending,
    Path,
    Maker,
    Carrier,
    Encrypts,
    KeyLength,
    KeyText,
    Manner,
    Place
};

class Draw {
public:
    Draw(std::uint64_t seed, int number) : m_random{seed}, m_number{static_cast<std::uint64_t>(number)} {}
    [[nodiscard]] int below(int count, Question question, std::uint64_t further = 0) const {
        return m_random.below(count, m_number, static_cast<std::uint64_t>(question), further);
    }
    template <typename List>
    [[nodiscard]] const auto& oneOf(const List& list, Question question) const {
        return list[static_cast<std::size_t>(below(static_cast<int>(list.size()), question))];
    }

private:
    SceneRandom m_random;
    std::uint64_t m_number;
};

const PremisesKind& drawKind(const Draw& draw) {
    int left = draw.below(100, Question::Kind);
    for (const PremisesKind& kind : premisesKinds()) {
        left -= kind.share;
        if (left < 0) {
            return kind;
        }
    }
    return premisesKinds().back();
}

void drawPlace(DrawnPremises& premises, const PremisesKind& kind, const Draw& draw) {
    // Each round through the streets has house numbers of its own, so that no address is there twice.
    const Street& street = streetAt((premises.number - 1) % streetCount());
    const int house = 1 + (premises.number - 1) / streetCount();
    const std::string line = fmt::format("{} {}", house, street.name);
    premises.kind = kind.name;
    premises.name = kind.name == "house" ? fmt::format("{}, {}", draw.oneOf(surnames, Question::Name), line)
                                         : fmt::format("{} {}, {}", draw.oneOf(houseNames, Question::Name),
                                                       draw.oneOf(kind.endings, Question::Ending), street.name);
    premises.address = fmt::format("{}, {}, Leeds {}", line, street.district, street.postcode);
    premises.ward = street.ward;
    premises.committee = street.committee;
    constexpr int halfAKilometre = 5'000;
    premises.latitude = street.latitude + draw.below(2 * halfAKilometre, Question::Place, 1) - halfAKilometre;
    premises.longitude = street.longitude + draw.below(2 * halfAKilometre, Question::Place, 2) - halfAKilometre;
    if (kind.hasPolice) {
        premises.policeReference = fmt::format("WY{:06}", 100'000 + premises.number * 7);
    }
    for (const ZoneSketch& zone : kind.zones) {
        premises.zones.push_back({static_cast<int>(premises.zones.size()) + 1, zone.use, std::string{zone.name}});
    }
}

std::chrono::seconds pollIntervalOf(std::string_view path) {
    // A third of the time within which a failed path must be known, or less.
    constexpr std::array<std::pair<std::string_view, std::chrono::seconds>, 10> intervals{{{"SP1", 0s},
                                                                                           {"SP2", 1h},
                                                                                           {"SP3", 10min},
                                                                                           {"SP4", 60s},
                                                                                           {"SP5", 30s},
                                                                                           {"SP6", 6s},
                                                                                           {"DP1", 1h},
                                                                                           {"DP2", 10min},
                                                                                           {"DP3", 60s},
                                                                                           {"DP4", 30s}}};
    for (const auto& [name, interval] : intervals) {
        if (name == path) {
            return interval;
        }
    }
    return 0s;
}

PanelMaker drawMaker(const Draw& draw) {
    constexpr std::array<PanelMaker, 10> inTen{
        PanelMaker::Standard, PanelMaker::Standard,  PanelMaker::Standard,  PanelMaker::Standard,  PanelMaker::Ajax,
        PanelMaker::Ajax,     PanelMaker::ContactId, PanelMaker::ContactId, PanelMaker::ContactId, PanelMaker::Polling};
    return draw.oneOf(inTen, Question::Maker);
}

PanelCarrier drawCarrier(const DrawnPremises& premises, const Draw& draw) {
    using C = PanelCarrier;
    constexpr std::array<C, 5> often{C::KeptConnection, C::KeptConnection, C::KeptConnection, C::ConnectionPerMessage,
                                     C::Datagrams};
    constexpr std::array<C, 5> seldom{C::ConnectionPerMessage, C::ConnectionPerMessage, C::ConnectionPerMessage,
                                      C::Datagrams, C::Datagrams};
    const bool pollsOften = premises.pollInterval > 0s && premises.pollInterval <= longestKeptPoll;
    const C drawn = draw.oneOf(pollsOften ? often : seldom, Question::Carrier);
    return drawn == C::Datagrams && premises.maker == PanelMaker::Ajax ? C::ConnectionPerMessage : drawn;
}

void drawSignalling(DrawnPremises& premises, const PremisesKind& kind, std::optional<PanelCarrier> carrier,
                    const Draw& draw) {
    premises.account = fmt::format("{:06}", firstAccount + premises.number);
    premises.maker = drawMaker(draw);
    premises.pathCategory = draw.oneOf(kind.paths, Question::Path);
    if (premises.maker == PanelMaker::Polling) {
        premises.pathCategory = kind.hasPolice ? "DP4" : "SP5";
    }
    premises.pollInterval = pollIntervalOf(premises.pathCategory);
    premises.carrier = carrier ? *carrier : drawCarrier(premises, draw);
    if (premises.carrier == PanelCarrier::KeptConnection &&
        (premises.pollInterval == 0s || premises.pollInterval > longestKeptPoll)) {
        premises.pollInterval = longestKeptPoll;
    }
    premises.speaksContactId = premises.maker == PanelMaker::ContactId ||
                               (premises.maker == PanelMaker::Polling && draw.below(2, Question::Manner, 1) == 0);
    premises.confirmsItself = premises.maker != PanelMaker::Ajax && draw.below(2, Question::Manner, 2) == 0;
    premises.sendsReceiver = draw.below(3, Question::Manner, 3) == 0;
    premises.stampsClearText = draw.below(2, Question::Manner, 4) == 0;
}

void drawKey(DrawnPremises& premises, std::uint64_t seed, const Draw& draw) {
    if (draw.below(2, Question::Encrypts) == 0) {
        return;
    }
    constexpr std::array<std::size_t, 3> lengths{16, 24, 32};
    const base::Sha256Digest digest = base::sha256(fmt::format("panel key of {}, seed {}", premises.account, seed));
    premises.keyBytes.assign(reinterpret_cast<const char*>(digest.data()), draw.oneOf(lengths, Question::KeyLength));
    premises.isKeyText = draw.below(4, Question::KeyText) == 0;
    if (premises.isKeyText) {
        constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789";
        for (char& byte : premises.keyBytes) {
            byte = letters[static_cast<unsigned char>(byte) % letters.size()];
        }
    }
}

std::string degreesOf(int millionths) {
    return fmt::format("{}{}.{:06}", millionths < 0 ? "-" : "", std::abs(millionths) / 1'000'000,
                       std::abs(millionths) % 1'000'000);
}

std::string keyTextOf(const DrawnPremises& premises) {
    return premises.isKeyText ? premises.keyBytes : base::toHex(std::as_bytes(std::span{premises.keyBytes}));
}

}  // namespace

const DrawnZone& DrawnPremises::zoneFor(std::initializer_list<ZoneUse> uses) const {
    for (const ZoneUse use : uses) {
        const auto place =
            std::find_if(zones.begin(), zones.end(), [&](const DrawnZone& zone) { return zone.use == use; });
        if (place != zones.end()) {
            return *place;
        }
    }
    return zones.front();
}

const DrawnZone* DrawnPremises::findZone(int wanted) const {
    const auto place =
        std::find_if(zones.begin(), zones.end(), [&](const DrawnZone& zone) { return zone.number == wanted; });
    return place == zones.end() ? nullptr : &*place;
}

DrawnPremises drawPremises(std::uint64_t seed, int number, std::optional<PanelCarrier> carrier) {
    const Draw draw{seed, number};
    DrawnPremises premises;
    premises.number = number;
    const PremisesKind& kind = drawKind(draw);
    drawPlace(premises, kind, draw);
    drawSignalling(premises, kind, carrier, draw);
    drawKey(premises, seed, draw);
    return premises;
}

std::vector<DrawnPremises> drawManyPremises(std::uint64_t seed, int count, std::optional<PanelCarrier> carrier) {
    std::vector<DrawnPremises> all;
    all.reserve(static_cast<std::size_t>(count));
    for (int number = 1; number <= count; ++number) {
        all.push_back(drawPremises(seed, number, carrier));
    }
    return all;
}

std::string premisesCsv(const std::vector<DrawnPremises>& premises) {
    std::string text =
        "account,name,key,key_format,line,transmitter,address,ward,committee,latitude,longitude,class,"
        "police_reference,test_hours,path_category\n";
    // A test a day, and an hour for it to be late.
    constexpr std::string_view testHours = "25";
    for (const DrawnPremises& one : premises) {
        const bool hasKey = !one.keyBytes.empty();
        const std::array<std::string, 15> fields{one.account,
                                                 one.name,
                                                 hasKey ? keyTextOf(one) : "",
                                                 !hasKey         ? ""
                                                 : one.isKeyText ? "text"
                                                                 : "hex",
                                                 "",
                                                 one.maker == PanelMaker::Ajax ? "ajax" : "",
                                                 one.address,
                                                 one.ward,
                                                 one.committee,
                                                 degreesOf(one.latitude),
                                                 degreesOf(one.longitude),
                                                 one.kind,
                                                 one.policeReference,
                                                 std::string{testHours},
                                                 one.pathCategory};
        std::string line;
        for (const std::string& field : fields) {
            line += (&field == fields.data() ? "" : ",") + base::csvField(field);
        }
        text += line + '\n';
    }
    return text;
}

}  // namespace leedswatch::simulator
