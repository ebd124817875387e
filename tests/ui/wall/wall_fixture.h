#pragma once

#include "../support/console_services.h"
#include "live_support/live_relay.h"
#include "ui/wall/wall_page.h"

#include <QTest>
#include <string>

namespace leedswatch::ui {

inline constexpr int patience = 20'000;
inline constexpr int estateSize = 12;

/// An estate of twelve cameras, and a relay that serves as many of them.
struct Room : tests::ConsoleServices {
    explicit Room(int served = estateSize) {
        std::string csv = "number,name,main_url,sub_url\n";
        for (int number = 1; number <= estateSize; ++number) {
            const std::string text = std::to_string(number);
            csv += text + ",Camera " + text + ",rtsp://127.0.0.1/" + text + ",rtsp://127.0.0.1/" + text + "s\n";
        }
        const auto report = cameras.importCsv(access::Acting::commandLine(), csv);
        if (!report) {
            qFatal("%s", report.error().message.c_str());
        }
        for (int number = 1; number <= served; ++number) {
            relay.addCamera(number);
        }
    }

    tests::LiveRelay relay{context.dataFolder};
};

inline video::LiveState stateOf(const CameraTile& tile) {
    return tile.feed() == nullptr ? video::LiveState::Offline : tile.feed()->status().verdict.state;
}

/// The camera whose brightness fills what the tile paints, a third down its picture, where the moving square never is.
inline int paintedNumber(CameraTile& tile) {
    const QImage image = tile.grab().toImage();
    const QColor middle = image.pixelColor(tile.width() / 2, tile.height() - 2 - tile.pictureBox().height() * 2 / 3);
    return tests::numberOfLuma(middle.green() * 219 / 255 + 16);
}

/// A wall on the screen, in such a room.
struct Wall {
    Wall() {
        page.resize(960, 600);
        page.show();
    }

    CameraTile& tile(int index) { return page.tile(index); }
    void callUp(int index, int camera) {
        page.selectTile(index);
        page.showCamera(camera);
    }
    bool becomes(int index, video::LiveState state) {
        const bool did = QTest::qWaitFor([&] { return stateOf(tile(index)) == state; }, patience);
        if (!did) {
            qWarning() << "tile" << index << "says" << tile(index).stateText() << tile(index).causeText();
        }
        return did;
    }

    Room room;
    WallHub hub{room.context};
    WallPage page{hub, 1, nullptr};
};

}  // namespace leedswatch::ui
