using System.IO.Compression;

namespace Galatent.Tests.Files;

/// <summary>Files that h5py 3.7 wrote (HDF5 1.10), gzipped, in base64. i counts 20 rows from 0.</summary>
internal static class H5pyFiles
{
    /// <summary>Datasets of many types and layouts, links in circles; the oldest layout of groups (libver earliest).</summary>
    public const string Earliest = """
        H4sIAAAAAAACA+1dDWwcxRV+ez++vfPP3fkvhhByCX8mpIkhCaQh8a0d2zFtVLuxAfNT7LPvbF9z/uHOxk4IsFQpctOqcn9UDKLgtrSkRdCIqmqBFCyoRAS0
        ICRaBLQcUNpIrRRXUGogiTu7+97e7Zz3cjE02GGftX73dr57M/P23czbmdnZbzTWNRR6zvSAQqIIDvBBOs0i2QaNMqV3IBeQjyHfb6PzDlA+VuB5H+r/bakm
        b8TzrTvq6wGcun4+nyqHxqdI7tJ4I+ldonER5YmgxsdRnu415mfR4qLG+ppm1d/Q0STkVS3kZ4LBz/zoZ2MRxKO/NbS01MOBnfglO8AxRdFdy+46Mne+AvNJ
        Ic3BBcxBELQTqFbndpaupPgDQfRFCdbnw/pZu5buZGeVdJvNJmj+qumzC+S6k1wJxhbUdWj5UlOdAHl6KzHqzI4PUC3ysuOmCd+ZHfci8sNXZcdVClz7Re2G
        YMRRezLeemrtOG+/WnGyfjW5KPzq5O3hU6E+N4ANe5bsdpDc6BlczuNW45r6dWGvmUR+GPk08veQzyA/ipw5o0o25A7kechF5B7kBciLkPuQ+5EXIy+RqGRB
        /OEHk8gPI8eGI/ge8hnkRw0FAwkbAAnjCAnbIwl/HZIHeQHyIuTY0El+5MXIS7B9eX/2v7Mzsx/Mfjj70ezR2WOzx9WYRemM7Cz0cbKm0sWcUPG99Sz42ASb
        YQtUQxAkWYIauQZq5VrYKm+FOqlOrpuqEyDzD5iKohz+g7Fr1Kts56ru5Ezg4kzh5kySz5mmkDORNzdT0aWQsXwylk/G8slYPhnLJ2P5ZCyfjOWTsXwylk/G
        8slYPhnLJ2P5ZCyfjOWTsXwylk8uSZUruRSE6aB8XtLlYlxQ41upw5n0sYs4uVw5KyrmlUDwSZIz6XclveoF8pQtXwXVex6bgZ9+4cj34cnbqo/D64/+IA4H
        d136Liy9rKUfms7u23ztxMtD64NXtN5w6dAj02s2vbH3wheeuGXLsYNNq93vPHWgb9Xff7LvZ0/95YP8ay8c3Xb8pXsejCZuHfte7BeHzw8PnfFE2L1n80eP
        33zfnrYNxR3LXr2ztezi7b17l3RvcLRMjq+Z+OH+R373zI+TZ19/98MtH9y7ddOHj+76/JHn9n+90/eHfdsck4//+V3vyhslb3vdc//54+gNXR2BM68fnX7r
        6TuXF7zPKlm9PO/Itp5LLlVTyo+GOjpDbycfGWFOXO63vbp0zUUjWsr0tFv0uNdtlFnslF8lvLni6ekdemg/B3UOx3oieqvuq5YzOv5gOJpQ4jH0Bl8wU4mE
        WuwEkXiEKGlaBAdBMjLykRYnQfgeEUpRC+QRZIqHVJAWF0GSPOQs0iIaG7f0qIi0uAmSYbyVpMVDkAAPOZe05BOkioecT1oKCJJRmErSUkiQZh6yirQUEaSD
        h6wmLV6CDPKQNaTFR5CMa1RFWvwEyYhSLiYtxQTJ6MAvIS0lBJngIetISwg6O3M5sImoVroW5pDskIP/Gn2I2WEqiP2lpF3qgKTUg4nsaGZHBzsG2cHaexhj
        xzg7JtgRhkOwWhgX3hPabAdtAfte+2H7dscBR6lz1Pm6U8q7P090xVzG/nM6mBs/BXFowKvHXR4nePCyZ4m/ek3ir8Ueh1aq0Aqb9hWfSF8VoaFmO7vZVMY2
        rqynQRJz+4y7jZqJRheZPTZq9rBrLbpiD/KTbTXba9quAfhyS5N2L9lao/YdLmpXsvrP/Sb+07s47lNE0O/bstfzeffc92sL8z6FxmXaqH+kcUHOjRORWLfC
        hweN44XSPPP1oP2IbHrOM1/V+L6dn+j1g1yvX8yzmK6fMpbzfxnfsmsa87F9FOhi3aKk2yG2u1u7U1S+I6T8QLejzdZWkRrSFVMlbjsF41suvTyB4ux40WSc
        yceNM1GUKF6TXZ8eWJVnx1GrNxbIjjuEfPLKE9SD6mv/ZOyojOcr15kfz/eb4AvyjdUWufRlmF5icrOxLp+L0030WGSRRRZZZJFFizkOPUFcrsefbVr8aaf7
        BFEdU0/0Dnd3xyKp+MAkLq1My08h9p2hrt5IfN0lGfHqxAoKgQ1hR9XHiJ8cGfHT6tRIqYEaMP6hdH5aNs6le7j0e7l0L5f+LBdfea34yiKLLLLIIosWYfx0
        suN4zTnFUQKeD0e6Y6GhCDhyj59eWaWdcn1y8VPm+NOZJvj3Mb6hdBeX7iswphdx6asKjHKZFR9ZZJFFFllk0WcwfvLp8VMqBph50oHn089xcVDFelJhCB9O
        7ToHLX4SMuKnShP8fm7AyGnFPxZZZJFFFln0GYifHGpcE8g5fjqk4s9ngcI5jPcP93VG4lpa+lrJvlAiQXGEf8VyHE8KwBIRltzGPg2Gouq3lOEXZfzIhyEc
        zZHNFZ/FQp2RGDtzFjtKBG21v5LPGvaPFg2uhNzX9Grxjtl6wDocGTpoM9rrZNchavqV8tqy5kdTc3ykNrHA/Wd+69DPYOm+tOtOnpOyD3D2SUqaBolbobcQ
        n7N1QoXJ+sIAV3p87A1Gw9n1vkL4q7PjDlA+O7LjaFVr4+aF6VdKexGoTflOulzCycWc7ONkPyfnc3IBJxdychEnezlZ4GQbJ9s52cHJTk7O42QXJ4uc7OZk
        ZY3Atq1N2wUyRurnqY/r7x6JRCGtvaXzkWh/gso8F95hgnea4PNM8C4TvGiCd5vgPSb4fJPzBSZ6Ck3wRSZ4rwneZ3Leb6Kn2OR8iYmeUhN8GaR8TbvgxtUm
        M4VWrGORRRZZZJFFFllkkUUWWXQ60rzH5fAeNvdxucC1moaFPS5HdONwKD4UiUNntKc9PDDcGcN9BhU50TsQH0Jcb0h77n1XRL3thp3RfnWELorjdMP9iWhP
        f0QftaPnTxhv7x+IJlAt9OyODmr4kXh0aCjSj+eHQlrW3dFRVclNoXg0pJdGee7+xuFIf5cud0djMQU4GOraqfCu4U41LdEVioXiLN+BfkOFugZiw30ss/jA
        iFaO+ID6CH8s0q1WcW082tPLPiGDtZgQjoTUOq3tHxjpjcQjKX/SKGDqb/Ndh5E5N2D0N36cvBKHXoy73RTgc0QC5LM8RGhvYAa7KhQbxhqYrffQ9zP41q9H
        l/2yrG7+Oxvw9nCpujfOY7+J3PbFG51zviBlh0LVDop/RNq7Q11DA/Fc7HBz6cPb3ty9N8jbMxQOtw90dyciQ7nZE2snFeDOrQIUsbKJ0BdNJKLMVW/CS8PX
        l75/0GbWjqE+u9GONo6bnZ//Pp8d12kImXuM69Pex0Q02G3+9ZtEf+JX/pye809+aEKPa1Y2wpNmgyeyT/Iri6mfUy43zQeUWeGQRRYtUvrmZPg2XZCPBbs/
        l5YoHzfuHDfFyfKsUZ7k5ClOTnKyzIVD45w8yckHOHmKk1/k5CQnT3OyLBjlMU4e5+QJYc7wbeHuj7s4ymfR4r//1+4TBJsxLhK4+Ojjx5GBdmoajPTp7odI
        63Iomh3dckIDqnTIZrQL/14CqtWhC7Or05+G9GXH0XsxqkoWp1+Z+dPHf8/C1IL0K+39J4Lp+0/29+R02S06TUlrd2z6XfWJ2hPykw7u98O/n+ezaUeHPuo3
        XZodLyMX12XHUWsyVp0dR+8f8vktn/40qWFHY7O6eNCW3qRSq0ur3+hFQRnDf0hn5ZibI+2b2i8xoLwiggbxQfQ+fE5ta2Md67Zs2prDcKUtRnlQLs9WVy1r
        aGEofXWewPFUfs2sPwvoKdOYO+1eQPw3b9x/dW3r9gZwPvWPW9ywXlAWEhauWOoB5aHEQnjm6ofK1a1bi+CLHQ8sZ7dFyorC8H1dF8GgOvj1wsQdG2FYPXuf
        r3MTJNnHZfDEOz01cINyHwDCruZaeFIFtL/lqocHBaUPf+yexnqoVjX0vLylCX4EykrIy/0/b4bn1Y+NdSuvg3MEBXBs0htRlyN74a2+CxLwT1B2Ce3d87Vh
        aBCUhu7WintHIKxi3+68fB80qdjXyjfcBV41t+8e/vfd7I5PwTrLWx5Qx7HK4OY/PXcQXlObyq0rV07B7erHty/41e/hKrXGq/522TPwkvrxinMrX4LvqICN
        57X9VX3SoBQK5Du+fRr8EhrravVNkxWqL3vHLoAnNbNF73gSwK1Pb9H7nATI06aI6MVNrHFV5pTo/UyCKDiUuSBRnwli39AmoeiVSywUVGevKJRmsjrLlOri
        HMrsF0XGTFQn1fQFybZomKJclqZMsNGmvUrmynxUHk5TCZCfNr9FW/EKYFdm3cr1Supzb7S5LiuyNl9Gu+gK4MIJQNovl2XlVPNwalNgTGl8YIRW4zMF2gQb
        LbsXQKSZOVphz6qtTubRSnoGoclB6qRY2fT5P+qQGIzm/KjvYXnviiSohxFEyTMwxCzfzsweKQRQhTW9G2CtGvL+D8Bu9vICcAAA
        """;

    /// <summary>The same in the newest layout of groups (libver latest).</summary>
    public const string Latest = """
        H4sIAAAAAAACA+1bC3BU1Rn+7z7vvpLdPJYQAoSAgogB5BV5ZDewJKHSSZqklFqGZDd7k6xsNnEfJrzkjqUtCg6hdkqwFLdVFK1SBgfrI2IKztABEWpH26pt
        V6iVdhyJo6UBge25955zs3vClUU7nayzf+bmv/+53/3vf7573nvuA9WuSoux0KhmWSASxxKokOwZOJ15KLS+ptpVpyo+tsC8JvHoNqqAAVDlCLBJuRJ8h17S
        di1oQCWc1cD/Wp7hju8QQ2KAYfJQBIyoRCFanQeMrdgBUgadMNsEs+NqAC2KWW1kUcwaBl+EKHF8ANJOYqGyWSlxMeGLuYh+Dbh4Zbtl73W5MANjNYBUNMGa
        xIHTIGGmEIcvQNpKpKPxztTqSLbMhVELxmxILhdtNCdpWC6eKnr1zHW5mABMGSKCEZhgJQ2oxlRWLK9fCg11316K0hKJ6TEkO4DH0oKL9d8c3FtZUe0CJsuo
        xmm/wW32n//0+/PDbrgucVMRcWqpQgnEkcJUVbG8YuV34Vv1NVDfUFEHesiiitbjdNF6ZCQTN8pvPE2I0xAORkl6gfdnAZrUuwskbTEc3SReA1a+r8Qh6V/k
        HHpGPFncgABagTsTsrxTWMxuEfqT5MS8Q6HKCtdiYOJaKcVskrRN/D8WW3bx/yxsSZ3yya0Fx78gZ6dxNDGsz2E9gPVnWA9ifRlr1JOIosJag7UOaxZrI9Zm
        rLOwtmJtwzoH61wnicxxGusY1uewHsD6M6wHsb6cFBg4VVhj4p06rHFn5zRibcY6C2sr1jasc7DGg5z4hfh/4oPxi/FL8c/jl+NX4lfjcWGohF6gGg17tKBD
        xZ0FoXzPhjKYDwthEZSDA5y8Eyr4CljML4Yl/BJwOV28q9+FqtewP8A15nr/SVYZKstqKutaigI9RYWBosREUWOhKMpOjSryKngcH4/j43F8PI6Px/HxOD4e
        x8fj+HgcH4/j43F8PI6Px/HxOD4ex8fj+HgcH4/j43OH4oqNAWbAwd8U0+uRRglNKO4mbcyKXmJ0vJDKCvQ60cjB6dTGbPpYtviCjPnjp0L5hpcGYe83zv8E
        Xt1UfhXee/GnQehbO/dTGDOvPgA149oX3tX7Vni2Y1nD6rnhgwOl8/+2+ZZThzcuutJXM83wwZED7VP/8diDTxz5y0XTXbd0V119c/evfKH7tjzsf/rczd7w
        6MNew4aFn7+8/tENK+fkNI19Z2dD/szlbZtHtczR1Ed7Snt/vu/gK8d+GRu36pH99Rf3LJl/6cW1d5w/se8HHuvJB6s00Zf/+Gl2yT3O7EbXiX+/0b26uam4
        cFX3wJmjO8ebL6BMlo/Xna9qvX2ueMV+2d3kcZ+NHexChdhuU70zpvTWLunKwICBNRpmlfGMGkwzmPcnHB2ow+/Veq0WxRPxt3KkDwVrOU8DBhxeX2gNkN4C
        rI7hTpzYi5pAnDSCdUpeGA2BDHuQlXjREkiUhuRhL6AjkH4aUkC86AkkRkOKiBc2uXFLkGLixUAgw8grIV6MBFJMQyYRLyYCmUFDbiZezAQyLJgpxIuFQGpp
        yFTiJYtAmmjINOIlm0A6aUgp8WIlkGHvaAbxYiOQLTRkJvGSQyA9NOR24iWXQHppyCzixQ0eTyoHbiLKha4FFUh08I6Pup9FPPQ7cH/plF51sVPIBzLRUYuO
        JnR0ogO197AFHT3o6EWHF34H05ge5jNmpapPVazerD6nXq45oMnTdmvf0zp1j+tYvV+f3H8OOFLTqUtKkyQW5Alj4qjtdQM1UUzjSVKr5Y7jKXEB1+bCb/z6
        cLFqRbTiKy2qqE2FwKC7N2pQw68G/7oWENplLSMNAlhUuzUq5JZl1UYyhoWHRyQXu7r2r6+sq64V23tVYh9HVsnIKP953NqQjkzWpFtI8YmahDulbrMY6YBc
        sy/Wb1tcWS/MItRJqCE95KkWuqFYvtKAfRRCsl626eyuxQ3LK0F75MONBsgXG1fLhDFG2CDMWuDYd561w26x+b+z6cnx8IA4nfA+2nwrTGaEtvpU7w/LII8R
        Uh+1euZDDJ2OhcMftFbAG4zgjFlbi6YrIqDxjH4pnBRL0ku7q5fCJtFD61uLauAwCN3HAttTtdAunla7Sr4HZSLgSjSbg1ox9Uz75BD4GGGC07bh/ggcZoQu
        5b6CPV2wUsSe9Sx4EJYxAvZd+5xd8LT4tB+f++QReF9a6bHXPwmT0Wk+rH/7RB/sFz0sKSnph09EwNnJz70GPYyQ46l/n3cMGsXML5s05U3YI2LLblr5VzSU
        F/wWbJv0fUh7+VJtn9qEZvwqtUqcpYhXrlHjhTm9VFLleq9F9b6MzFe2jigeRj/ZOChNrkmAlXh0NU2slsEka0+SdTzJ2v3WvCNfsRUtSmZXmg1qhvOpR3w2
        ED53jMDS9dy+eKHEKgnzgimxDbKaE62pSdYfjhy69KV5zEI8Thz6ZWPw1aQy2Ek425smtXTmx1sHr8tFLzBzUac6EZ0HIu0eLiitxhFu2t2hECo6E8aDBvcu
        o1gYtQmddbp9QTDPxyN0RijE1yLV7/ZwfijKZaR5kuCvFP1bAyU3tGrqwm+5j/R2026MizGeBbbrcsECI8SpotYbySxFXm/sS+/Wm/3XvEgqdWQ06oOt5P3i
        FyTyopJ4ebsoeQkpHZf4P3ih+YRQsu3jhvKfaOdSdg5lWynbRtkmyjZTtoWysyg7m7IZylZRtpqyNZStpWwdZespm6VsA2ULE5mqJTXLmYQ1HWZobCrKui7O
        lzjEJemcLxACGBqZ0niNAl6rgNcp4PUKeFYBb1DAGxXwJoV0s4IfiwI+SwGfrYC3KqTbFPzkKKTnKvjJU8Dnw1BZk1548uRl0AIZyUhGMpKRjGQkIxnJSEYy
        kpGvoaS0loTnq0prSfa5Ejad15JM26cXpbb2PHw1NXG9cQqe8JOdFfk5AjxOiXm2MAM3Ic/oYmOlz+9f4fZHuGsuwgrzc+e2Q91jf53vAs//g4ud5y8Uprpb
        4FpbqrupNVcFDuYKHFgkDkLNbj/X2OJuDncEFVlYn7e/6v11mx1J7Lm93saOlpYQF1a8D0fuNN8i3JcFZuG+dl8o5Au0Nt4rEp+YFUH3qfAKSWvDRx/LXKDn
        qtRDXNA//yqlp/JZwop5EpZslYOekVdHauFHG2Uu8I/XqeQtisuD/OtMf/q3m66HXp+RUnsBNXitr1bYPumMO5K5efuO9G876ywrPpS5mIS4UA1xwVCcMDdQ
        J+wLJGyUPCg68rn47W3FfoUvp6RvpuhmUPqeSpctUKMJcf6Wu+dInuSPqXQWcZdxpFPe83frDYX0WlXRGcWLQitHfg/IzwyHMpKRNJWtUe8m2eCvOFpuS7jI
        X03eL9pP2Xw82Y5Sdj9lxyibl/f8k9FLsh2l7AOU3U/Zpyk7RtkDlM0zyfYWyu6h7F7KJo8dsV/FpEd8GUnb+T8etymN127kE+vn03DcNvHoP0+K+9aAbBXb
        h2ctcQVx93uOVNbXL5W3AzOIhisCXwcaemZVViNf5Pt4Qba799sY0N8TcQfDXPCoTK/R42tt9HZEPH7uFEMSDUJiqK0jGH5XRdI0bW5/y4dqYqrXcqFPNfLF
        Nb6Ad5qOmCqfd2hDBxsJhHytAc5rtsk3+9e1FOTIT0NWY6DDF+JYu+ywdZ2vc/UoGRIJdAV94TAXeKKApGnDbhT0wdGy3eLr5ryHC+Xn3usO+gTI8TFyUoi7
        J8IFmjl7KUnStfj8fs5bMl1O6HQ3r+G8pTPkUJojHm7+TPm6sFbgDlbeThJM/o4AobBulgxr7vBH2gOrZ8t5DnZ02cvlYFuDHZFOMtZmWEbj51rCOpge9LW2
        hZGtFU+0MF1IF657ObeXhemBjq42LsgxrNPYEUZnjSh+Do3QRaO0bQ5M7xY8/heStplNbkEAAA==
        """;

    /// <summary>quarter = i / 4 and g/x = i behind a block of 512 bytes, as MATLAB 7.3 writes it.</summary>
    public const string UserBlock = """
        H4sIAAAAAAACA+2XvU7DMBDHz04LIf0gaRkQUx4AEBKVGNOgBnWggCADIwwFIbFQgdRHKBuPkJFHYewjMDIyMDAghab+O5ItPkRhqKj/y0/2XX1VfHfJdcJ4
        N9z2t9Y3/U4Yr51dXHZXyWhmdNtu7VScFWe8sG0qkCsMXCCFhkvqWv7+BGTgALzncp+NbcvY93C+7hcfRlHmnWqScTYKgra5splUOwoPMh5jLfPpgat+Vzen
        vetuj861vGxOGJdRUZzB5FpEZkxsoCxyWiN7ZvH8ALnapEaJGqkl7MXRbmbnnDORz+I8i8nUTrR/MJiqezja22+xUXNAl6B+UX3OCdbSQdarb5kcVvPq476o
        P7/v+uLAM33R6K80DAQfwSfwGXwBX8G3QG2vHCyAc6ANOmAZrIIu6IE1sN4krY/zvM8iEsm+iojgPKl1sQA6YAksgxWwCi6qZUgoM6qBdZMsRkZGRkb/aK6S
        7zvfVf362nu4/evv35/OVe7Y1bUpn6u+nqeST+apu6m8BzFX5UMg9V2Tm5PoHXBKikrQFAAA
        """;

    /// <summary>Writes one of the files.</summary>
    /// <summary>i / 4 as "defined" and "undefined", both by scale-offset to two decimals; the parameters of the second say that there is
    /// no fill value. x is i.</summary>
    public const string ScaleOffset = """
        H4sIAAAAAAACA+v0cHHj5ZLiYgABDg4GFgYBBmTwHwp+yKPyYfIJUJoRSndA6RVMMHFGsJwEVFwQaj66upAgV1eQ6v9oAGaPAQuEVmAYBSMReLg6BoDoCChfA0qfYEJV
        l5KalpmXmsJQmgdjQUAFWjo1INJeRgY2iB5GGB+SkhkZIQIiUHUwmhkoD5IRVLBn4ACLODCYcDOY/GeGyLMCRUHyTMwQE7kZCsAMqHFA2wSAfBGG4uTEnNT8tLTi1BK4
        W5ig9oCUcqC4kXTAAfUHMxNTBSvCC0jGCmDVF+zn78II9CVMoQIzfntgpqwQxa8Olq9fyI2M9Awq7xixlHc6ONSv4EXli8DjcRSMglEwCkbBKBgFwxVwIur6C/bwzlkD
        s7JS5IRf08I3yeivmLOpO273E1MbBVLUotryAabcAdq6gNICUFoESktAaRkorQCllaC0CpRWg9IaUFoLSutAaT0obQClDaG0EZQ2dhiN+VEwCkbBKBgFIxkMhXEocgDS
        ONQOMYQXCI5DkTp+cmV0/GQUjIJRMApGwSgYge0nVtq0n5iYGFHaMYwMfBAVC9Bc0DGowgMAXGQa+vgfAAA=
        """;

    public static void Write(string path, string file)
    {
        using var packed = new GZipStream(new MemoryStream(Convert.FromBase64String(file)), CompressionMode.Decompress);
        using var target = File.Create(path);
        packed.CopyTo(target);
    }
}
