#include "simulator/estate_names.h"

#include <array>

namespace leedswatch::simulator {
namespace {

struct Entry {
    const char* name;
    const char* site;
};

constexpr std::array<Entry, 40> places{{{"Briggate / Kirkgate", "City centre"},
                                        {"The Headrow / Park Row", "City centre"},
                                        {"Bus Station Dyer Street, stands 1-6", "Leeds City Bus Station"},
                                        {"Boar Lane / Trinity Street", "City centre"},
                                        {"Vicar Lane / Eastgate", "City centre"},
                                        {"Kirkgate Market, George Street", "City centre"},
                                        {"Call Lane / The Calls", "City centre"},
                                        {"Albion Street / Bond Street", "City centre"},
                                        {"City Square, Infirmary Street", "City centre"},
                                        {"Millennium Square", "City centre"},
                                        {"Merrion Street / Wade Lane", "City centre"},
                                        {"Bus Station York Street exit", "Leeds City Bus Station"},
                                        {"New Station Street taxi rank", "City centre"},
                                        {"Wellington Street / Queen Street", "City centre"},
                                        {"Great George Street", "City centre"},
                                        {"Woodhouse Lane / Blenheim Terrace", "Woodhouse"},
                                        {"Otley Road / North Lane", "Headingley"},
                                        {"Arndale Centre, Otley Road", "Headingley"},
                                        {"Harehills Lane / Roundhay Road", "Harehills"},
                                        {"Roundhay Road / Spencer Place", "Harehills"},
                                        {"Chapeltown Road / Harehills Avenue", "Chapeltown"},
                                        {"Town Street / Branch Road", "Armley"},
                                        {"Armley Road / Canal Road", "Armley"},
                                        {"Kirkstall Road / Abbey Road", "Kirkstall"},
                                        {"Pudsey Bus Station, Church Lane", "Pudsey Bus Station"},
                                        {"Lowtown / Robin Lane", "Pudsey"},
                                        {"Queen Street / Hope Street", "Morley"},
                                        {"Morley Bus Point, Corporation Street", "Morley"},
                                        {"Otley Bus Station, Crossgate", "Otley Bus Station"},
                                        {"Kirkgate / Market Place", "Otley"},
                                        {"Austhorpe Road / Station Road", "Cross Gates"},
                                        {"Seacroft Bus Station", "Seacroft Bus Station"},
                                        {"Dewsbury Road / Tempest Road", "Beeston"},
                                        {"Beeston Road / Town Street", "Beeston"},
                                        {"Middleton Park Circus", "Middleton"},
                                        {"Stanningley Road / Bramley Town End", "Bramley"},
                                        {"Oakwood Clock, Roundhay Road", "Oakwood"},
                                        {"High Street / Bank Street", "Wetherby"},
                                        {"Commercial Street / Oulton Lane", "Rothwell"},
                                        {"Main Street / Church Lane", "Garforth"}}};

}  // namespace

Place placeOf(int cameraNumber) {
    const auto index = static_cast<std::size_t>(cameraNumber - 1);
    const Entry& entry = places[index % places.size()];
    const std::size_t round = index / places.size();
    return {round == 0 ? entry.name : std::string{entry.name} + " " + std::to_string(round + 1), entry.site};
}

}  // namespace leedswatch::simulator
